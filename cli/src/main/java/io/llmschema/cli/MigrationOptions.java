package io.llmschema.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a registry is copied. */
final class MigrationOptions {
    @Option(
            names = "--no-modes",
            description = "Leave the modes of the target as they are. Default: they become those of the source")
    private boolean isWithoutModes;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write all that is not the same at the end here, a JSON object a line")
    private @Nullable Path report;

    boolean isWithModes() {
        return !isWithoutModes;
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }
}
