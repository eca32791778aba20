package io.llmschema.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What options have when the command line does not give them: first the environment ({@code LLMSCHEMA_DATABASE_URL} for
 * {@code --database-url}), then the configuration file ({@code database-url = …}), then the option's own default.
 */
final class Defaults implements IDefaultValueProvider {
    private static final String ENVIRONMENT_PREFIX = "LLMSCHEMA_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private Defaults(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * @param file a properties file; it may be missing
     * @param known the options that it may set, without their dashes
     * @throws IOException the file cannot be read, or sets something else
     */
    static Defaults of(Map<String, String> environment, Path file, Set<String> known) throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is not a properties file: " + e.getMessage(), e);
            }
            properties.forEach((key, value) -> settings.put((String) key, (String) value));
        }
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IOException(
                    "%s sets %s, which is no option; options are %s".formatted(file, unknown, new TreeSet<>(known)));
        }
        return new Defaults(environment, settings);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = option.longestName().replaceFirst("^-+", "");
        String variable = ENVIRONMENT_PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT);
        String value = environment.get(variable);
        return value == null ? file.get(name) : value;
    }
}
