package io.llmschema.http.confluentapi;

import io.llmschema.http.JsonWriter;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.registry.SchemaRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What this dialect calls a config: what is set for a subject, or for all subjects of a scope.
 *
 * <p>Level, policy and group are settings of the registry's own. The other fields mean something to this dialect alone, and lie in the attributes of the
 * settings.
 *
 * @param values of the fields that are set, in the order in which they are written
 */
record Config(Map<ConfigField, JsonNode> values) {
    static final Config NONE = new Config(Map.of());

    /** Deeper than what a request can bring. */
    private static final int MAX_DEPTH = 1_000;

    Config {
        Map<ConfigField, JsonNode> sorted = new LinkedHashMap<>();
        for (ConfigField field : ConfigField.values()) {
            JsonNode value = values.get(field);
            if (value != null) {
                sorted.put(field, value);
            }
        }
        values = Collections.unmodifiableMap(sorted);
    }

    /** What is set under one name. */
    static Config of(SubjectSettings set) {
        Map<ConfigField, JsonNode> values = new LinkedHashMap<>();
        JsonNode attributes = attributes(set);
        for (ConfigField field : ConfigField.values()) {
            JsonNode value = field.isOfRegistry() ? null : attributes.get(field.json());
            if (value != null) {
                values.put(field, value);
            }
        }
        put(values, ConfigField.LEVEL, set.level() == null ? null : set.level().name());
        put(
                values,
                ConfigField.POLICY,
                set.policy() == null ? null : set.policy().name());
        put(values, ConfigField.GROUP, set.groupBy());
        return new Config(values);
    }

    private static JsonNode attributes(SubjectSettings set) {
        return set.attributes() != null
                        && JsonText.parse(set.attributes(), MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)
                ? root
                : JsonNodeFactory.instance.objectNode();
    }

    private static void put(Map<ConfigField, JsonNode> values, ConfigField field, @Nullable String text) {
        if (text != null) {
            values.put(field, JsonNodeFactory.instance.stringNode(text));
        }
    }

    /** What is in force for a subject, or for a scope, but for its level if it has none. */
    static Config inForce(SchemaRegistry registry, Subject subject) {
        Config config = of(registry.settings(subject));
        for (Subject above : scopesAbove(subject)) {
            config = config.over(of(registry.settings(above)));
        }
        return config;
    }

    private static List<Subject> scopesAbove(Subject subject) {
        Subject all = Subject.ofAllContexts(subject.tenant());
        Subject scope = subject.scope();
        if (subject.equals(all)) {
            return List.of();
        }
        return subject.equals(scope) ? List.of(all) : List.of(scope, all);
    }

    /** What counts where this is set, and beneath it something else. Where anything is set, some fields beneath do not count. */
    Config over(Config beneath) {
        if (isEmpty()) {
            return beneath;
        }
        Map<ConfigField, JsonNode> all = new LinkedHashMap<>(values);
        beneath.values.forEach((field, value) -> {
            if (field.isInherited()) {
                all.putIfAbsent(field, value);
            }
        });
        return new Config(all);
    }

    /** This with the fields that a request gives; those that it gives as null are set no longer. */
    Config with(Map<ConfigField, Optional<JsonNode>> change) {
        Map<ConfigField, JsonNode> all = new LinkedHashMap<>(values);
        change.forEach((field, value) -> {
            all.remove(field);
            value.ifPresent(given -> all.put(field, given));
        });
        return new Config(all);
    }

    Config withLevel(CompatibilityLevel level) {
        return with(Map.of(ConfigField.LEVEL, Optional.of(JsonNodeFactory.instance.stringNode(level.name()))));
    }

    /** Settings with this in them. */
    SubjectSettings into(SubjectSettings present) {
        return new SubjectSettings(
                text(ConfigField.LEVEL).map(CompatibilityLevel::valueOf).orElse(null),
                text(ConfigField.POLICY).map(CompatibilityPolicy::valueOf).orElse(null),
                present.aspects(),
                present.blocksUnknown(),
                text(ConfigField.GROUP).orElse(null),
                present.allowsLowerVersions(),
                present.validationMode(),
                present.mode(),
                attributesText());
    }

    private @Nullable String attributesText() {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        values.forEach((field, value) -> {
            if (!field.isOfRegistry()) {
                attributes.set(field.json(), value);
            }
        });
        return attributes.isEmpty() ? null : CanonicalJson.ordered(attributes);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    boolean has(ConfigField field) {
        return values.containsKey(field);
    }

    /** The subject that is meant where this one is named. */
    Optional<String> alias() {
        return text(ConfigField.ALIAS).filter(alias -> !alias.isEmpty());
    }

    /** Whether schemas are registered and looked up in a uniform spelling. */
    boolean isNormalizing() {
        return value(ConfigField.NORMALIZE).filter(JsonNode::booleanValue).isPresent();
    }

    /** What a contract says where nothing else is said. */
    Contract defaults() {
        return contract(ConfigField.DEFAULT_METADATA, ConfigField.DEFAULT_RULE_SET);
    }

    /** What a contract says whatever else is said. */
    Contract overrides() {
        return contract(ConfigField.OVERRIDE_METADATA, ConfigField.OVERRIDE_RULE_SET);
    }

    private Contract contract(ConfigField metadata, ConfigField rules) {
        return new Contract(
                value(metadata)
                        .map(LenientObject::of)
                        .map(ContractMetadata::read)
                        .orElse(null),
                value(rules).map(LenientObject::of).map(RuleSet::read).orElse(null));
    }

    private Optional<JsonNode> value(ConfigField field) {
        return Optional.ofNullable(values.get(field));
    }

    private Optional<String> text(ConfigField field) {
        return value(field).map(JsonNode::asString);
    }

    /**
     * The object of an answer.
     *
     * @param level what the level is called in it
     */
    byte[] toJson(String level) {
        return JsonWriter.bytes(out -> out.object(() -> values.forEach((field, value) ->
                out.raw(field == ConfigField.LEVEL ? level : field.json(), CanonicalJson.ordered(value)))));
    }
}
