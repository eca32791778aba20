package io.llmschema.cli.migrate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is set for a subject or a scope.
 *
 * @param config as the dialect tells it; absent: nothing
 * @param mode absent: none
 */
public record Settings(
        @Nullable ObjectNode config, @Nullable String mode) {
    static final Settings NONE = new Settings(null, null);

    private static final String ALIAS = "alias";
    private static final String TOLD_LEVEL = "compatibilityLevel";
    private static final String WISHED_LEVEL = "compatibility";

    /** Whether the subject's name stands for another subject, so that its own versions cannot be reached. */
    boolean isAlias() {
        return config != null && !config.path(ALIAS).asString("").isEmpty();
    }

    boolean hasSameConfig(Settings other) {
        return Objects.equals(config, other.config);
    }

    boolean hasSameMode(Settings other) {
        return Objects.equals(mode, other.mode);
    }

    /** The wish that makes this config of another one: what only the other has is cleared. */
    ObjectNode configOver(Settings other) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        if (other.config != null) {
            other.config.propertyNames().forEach(name -> wish.putNull(wishedName(name)));
        }
        if (config != null) {
            config.properties().forEach(field -> wish.set(wishedName(field.getKey()), field.getValue()));
        }
        return wish;
    }

    /** The level is told under another name than it is wished under. */
    private static String wishedName(String toldName) {
        return toldName.equals(TOLD_LEVEL) ? WISHED_LEVEL : toldName;
    }
}
