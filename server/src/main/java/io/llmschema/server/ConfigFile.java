package io.llmschema.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option that names the configuration file; read before the others, which take their defaults from the file. */
@Command
final class ConfigFile {
    static final String OPTION = "config";

    private static final Path DEFAULT = Path.of("llmschema.properties");

    @Option(
            names = "--" + OPTION,
            paramLabel = "FILE",
            description = "Configuration file (default: ./llmschema.properties, if there is one).")
    private @Nullable Path path;

    /**
     * The file that the arguments name, or else the environment, or else the default.
     *
     * @throws IOException the file that is named is not there; the default may be missing
     */
    static Path of(String[] args, @Nullable String variable) throws IOException {
        ConfigFile file = new ConfigFile();
        new CommandLine(file)
                .setUnmatchedArgumentsAllowed(true)
                .setUnmatchedOptionsArePositionalParams(true)
                .parseArgs(args);
        if (file.path == null && variable == null) {
            return DEFAULT;
        }
        Path named = file.path != null ? file.path : Path.of(variable);
        if (Files.notExists(named)) {
            throw new IOException("there is no configuration file " + named);
        }
        return named;
    }
}
