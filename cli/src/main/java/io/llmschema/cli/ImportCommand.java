package io.llmschema.cli;

import io.llmschema.cli.ImportRun.Result;
import io.llmschema.cli.RegistryFailure.Unreachable;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code import}: folders of schemas and files of rows go to the registry, as often as wanted. */
@Command(
        name = "import",
        description = {
            "Registers whole folders of .json, .avsc and .proto files, and files of rows.",
            "A row that is refused does not stop the others; all of them are listed at the end. A run that was"
                    + " interrupted, or whose registry went away, is simply started again: what is there stays as it is.",
            "Versions must be compatible with those before them, as far as is set for their subjects; for a history with"
                    + " breaking changes set level NONE before (PUT /api/v1/settings), and another one afterwards."
        },
        footerHeading = "%nFiles of rows (.jsonl, .jsonl.zst) have one JSON object a line:%n",
        footer = {
            "  {\"subject\": \"orders\", \"content\": \"{\\\"type\\\": …\"}     the schema as text",
            "  {\"subject\": \"orders\", \"schema\": {\"type\": …}}         the schema as a value; its bytes are kept",
            "  {\"subject\": \"orders\", \"op\": \"delete\"}                the subject is deleted at this point",
            "  and optionally: version, schemaType, imports, references, description, owner, tags, metadata,"
                    + " createdBy, state",
            "Rows of one subject are sent in their order. Protobuf files wait for what they import.",
            "",
            "Examples:",
            "  llmschema import schemas/ --subject-prefix acme/ --dry-run",
            "  llmschema import corpus/*.zst --verify --rejects rejected.jsonl",
            "  llmschema import backup.jsonl.zst --patience 5m",
        })
final class ImportCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private SideBySideOptions sideBySide = new SideBySideOptions();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders and files, imported one after the other")
    private List<Path> paths = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "json, avro or protobuf, for everything. Default: what a row says, or else by names and contents")
    private @Nullable String type;

    @Option(names = "--subject-prefix", paramLabel = "TEXT", description = "Put before every subject")
    private String subjectPrefix = "";

    @Option(
            names = "--verify",
            description = "Read back everything acknowledged, or found to be there, and compare it byte for byte")
    private boolean isVerifying;

    @Option(names = "--dry-run", description = "Check everything, keep nothing")
    private boolean isDryRun;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Write every row rejected or failed here, a JSON object a line")
    private @Nullable Path rejects;

    @Option(
            names = "--progress",
            negatable = true,
            description = "Draw a bar, or not. Default: a bar on a terminal, else a line every few seconds")
    private @Nullable Boolean isBarWanted;

    ImportCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        sideBySide.concurrency();
        List<ImportSource> sources = ImportSources.of(paths, forcedType());
        Interruption.Hold hold = interruption.hold();
        try (hold;
                BadRows badRows = rejects == null ? BadRows.inMemory() : BadRows.writtenTo(rejects)) {
            return run(sources, badRows).code();
        }
    }

    private @Nullable SchemaType forcedType() {
        try {
            return type == null ? null : SchemaType.parse(type);
        } catch (InvalidValue e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private ExitCode run(List<ImportSource> sources, BadRows badRows) throws IOException {
        Progress progress = progress(sources);
        Retries retries = sideBySide.retries(interruption, progress::say);
        try (RegistryClient client = connection.connect(retries)) {
            Result result;
            try (progress) {
                RunOutline outline = new RunOutline();
                for (ImportSource source : sources) {
                    addTo(outline, source, progress);
                }
                RowSender.Settings settings = new RowSender.Settings(subjectPrefix, isDryRun, isVerifying);
                RowSender sender = new RowSender(client, outline, settings);
                result = new ImportRun(sender, outline, sideBySide.concurrency(), interruption, progress, badRows)
                        .run(sources);
            }
            report(new ImportReport(result, badRows, statistics(client, result), isDryRun));
            return result.exit();
        }
    }

    /** A file that breaks off is reported by the second pass, with the rows before the break. */
    private void addTo(RunOutline outline, ImportSource source, Progress progress) {
        try {
            source.addTo(outline, interruption::isRequested);
        } catch (IOException e) {
            progress.say(source.name() + " breaks off: " + e.getMessage());
        }
    }

    private Progress progress(List<ImportSource> sources) throws IOException {
        long bytes = 0;
        for (ImportSource source : sources) {
            bytes += source.bytes();
        }
        boolean isBar = isBarWanted == null ? console.isErrTerminal() : isBarWanted;
        return isBar ? new Progress.Bar(console.err(), "import", bytes) : new Progress.PlainLines(console.err(), bytes);
    }

    private static Optional<JsonNode> statistics(RegistryClient client, Result result) {
        if (result.lost().isPresent() || result.isInterrupted()) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.statistics());
        } catch (RegistryFailure e) {
            // The import is over and well; its size is not worth a failure.
            return Optional.empty();
        }
    }

    private void report(ImportReport report) {
        if (connection.isJson()) {
            console.out().println(report.toJson());
        } else {
            report.print(console.out());
        }
        console.out().flush();
        Result result = report.result();
        if (result.isInterrupted()) {
            console.err().println("interrupted; run the same command again to go on");
        } else if (result.lost().isPresent()) {
            Unreachable lost = result.lost().get();
            console.err()
                    .println("llmschema: gave up after " + sideBySide.patience().toSeconds() + " s: "
                            + lost.getMessage());
            console.err().println("what was acknowledged is kept; run the same command again to go on");
        }
        console.err().flush();
    }
}
