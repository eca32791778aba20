package io.llmschema.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that examine files: in which form the report is written, and where to. */
final class ReportOptions {
    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "text for people, json, sarif (2.1.0) or junit. Default: text; --json is --output json")
    private @Nullable ReportFormat format;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "Write the report there; standard output then has the text for people")
    private @Nullable Path file;

    /** The form that is asked for; {@link CommandFailure} where two are. */
    ReportFormat format(ConnectionOptions connection) {
        if (connection.isJson() && format != null && format != ReportFormat.JSON) {
            throw new CommandFailure(ExitCode.USAGE, "--json is --output json; name one form");
        }
        ReportFormat otherwise = connection.isJson() ? ReportFormat.JSON : ReportFormat.TEXT;
        return format == null ? otherwise : format;
    }

    /** Writes the report where it is wanted; its exit code. */
    int write(Report report, ReportFormat wanted, Console console) {
        String written = wanted.written(report, Path.of("").toAbsolutePath());
        if (file == null) {
            console.out().print(written);
        } else {
            write(file, written);
            console.out().print(TextReport.written(report));
        }
        console.out().flush();
        return report.exit().code();
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot write " + file + ": " + e.getMessage());
        }
    }
}
