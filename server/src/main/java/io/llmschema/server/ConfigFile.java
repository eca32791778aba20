package io.llmschema.server;

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
            description = "Configuration file, if it exists (default: ./llmschema.properties).")
    private @Nullable Path path;

    /** The file that the arguments name, or else the environment, or else the default. */
    static Path of(String[] args, @Nullable String variable) {
        ConfigFile file = new ConfigFile();
        new CommandLine(file)
                .setUnmatchedArgumentsAllowed(true)
                .setUnmatchedOptionsArePositionalParams(true)
                .parseArgs(args);
        if (file.path != null) {
            return file.path;
        }
        return variable == null ? DEFAULT : Path.of(variable);
    }
}
