package io.llmschema.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: every version as rows that {@code import} reads again. */
@Command(
        name = "export",
        description = {
            "Writes every version as a JSON line that import reads again.",
            "The oldest comes first, so that whatever is referred to comes before what refers to it.",
            "Ids and times are the new registry's own. What is kept of subjects themselves, apart from their versions,"
                    + " stays behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema export --output backup.jsonl.zst",
            "  llmschema export --prefix google/ | jq -r .subject",
            "  llmschema export --deleted -o all.jsonl      with deletions, as they happened"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to; compressed when the name ends in .zst. Default: - for standard output")
    private String output = "-";

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only subjects whose name begins so")
    private @Nullable String prefix;

    @Option(names = "--deleted", description = "Also what was deleted, and the deletions")
    private boolean isWithDeleted;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long rows;
        try (RegistryClient client = connection.connect(Retries.none());
                OutputStream out = ZstdFiles.write(output, console)) {
            rows = new Export(client, prefix, isWithDeleted).writeTo(out);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot write " + output + ": " + e.getMessage());
        }
        if (connection.isJson() && !output.equals("-")) {
            console.out()
                    .println(Json.MAPPER.createObjectNode().put("file", output).put("rows", rows));
        } else {
            console.err().println("exported " + Units.count(rows) + " rows");
        }
        return ExitCode.OK.code();
    }
}
