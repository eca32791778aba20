package io.llmschema.cli;

import io.llmschema.model.ChangeClass;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code diff}: what differs in meaning between two versions, or between a version and a file. */
@Command(
        name = "diff",
        description = {
            "Shows what differs between two versions of a subject, or between a version and a file.",
            "It is told by meaning: what was added, removed, changed and renamed, and whether it breaks readers. White space"
                    + " is no difference."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema diff orders 1.0.0                      from that version to the latest",
            "  llmschema diff orders 1.0.0 1.2.0",
            "  llmschema diff orders 'ordinal:1' '^2.0'         a version by its place, the highest of a range",
            "  llmschema diff orders latest --file order.json   what a file would change",
            "  llmschema diff orders 1.0.0 --exit-code          ends with 1 if a difference breaks readers",
        })
final class DiffCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private CandidateOptions candidates = new CandidateOptions();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "Whose versions")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "BEFORE", description = "A version: 1.2.3, latest, ordinal:7 or a range")
    private String before = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "AFTER",
            description = "The version to compare it with. Default: latest")
    private @Nullable String after;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A schema to compare with instead of AFTER; - reads standard input")
    private @Nullable String file;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "text as the registry writes it for people, or json. Default: text; --json is --output json")
    private @Nullable ReportFormat format;

    @Option(
            names = "--exit-code",
            description =
                    "End with 1 if a difference is BREAKING: readers with AFTER cannot read all that was written with"
                            + " BEFORE, or nobody can tell. Every other difference ends with 0")
    private boolean isExitCodeWanted;

    DiffCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        boolean isJson = isJson();
        if (file != null && after != null) {
            throw new CommandFailure(ExitCode.USAGE, "compare with AFTER or with --file, not with both");
        }
        Optional<Candidate.Readable> read = Optional.ofNullable(file).map(this::candidate);
        List<WantedReference> told = candidates.references();
        try (RegistryClient client = connection.connect(patience.retries(interruption, console.err()::println))) {
            CandidateReferences references = new CandidateReferences(client, told, "");
            Optional<ObjectNode> candidate = read.map(schema -> schema.envelope(references.of(schema)));
            if (!isJson && !isExitCodeWanted) {
                printText(client.diffText(path(before, after), candidate));
                return ExitCode.OK.code();
            }
            JsonNode diff = client.diff(path(before, after), candidate);
            if (isJson) {
                console.out().println(diff);
            } else {
                // 'latest' may have moved on since; the text is about the versions that the exit code is about.
                String from = diff.path("from").path("version").asString(before);
                String to = diff.path("to").path("version").asString("");
                printText(client.diffText(path(from, to.isEmpty() ? after : to), candidate));
            }
            return exit(diff).code();
        }
    }

    private boolean isJson() {
        return switch (format) {
            case null -> connection.isJson();
            case JSON -> true;
            case TEXT -> {
                if (connection.isJson()) {
                    throw new CommandFailure(ExitCode.USAGE, "--json is --output json; name one form");
                }
                yield false;
            }
            case SARIF, JUNIT -> throw new CommandFailure(ExitCode.USAGE, "a difference is written as text or json");
        };
    }

    private Candidate.Readable candidate(String path) {
        CandidateFiles files = CandidateFiles.of(List.of(path), console, candidates.type());
        if (files.count() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--file names one schema, and in " + path + " are " + files.count());
        }
        return switch (files.candidatesOf(subject).findFirst().orElseThrow()) {
            case Candidate.Readable readable -> readable;
            case Candidate.Unreadable unreadable ->
                throw new CommandFailure(ExitCode.USAGE, path + ": " + unreadable.reason());
        };
    }

    private String path(String from, @Nullable String to) {
        if (file != null) {
            return Paths.diff(subject, from);
        }
        return Paths.diff(subject, from, to == null ? "latest" : to);
    }

    private void printText(String text) {
        String visible = VisibleText.of(text.replace("\r\n", "\n"));
        console.out().print(visible.isEmpty() || visible.endsWith("\n") ? visible : visible + "\n");
        console.out().flush();
    }

    private ExitCode exit(JsonNode diff) {
        boolean isBreaking = diff.path("class").asString("").equals(ChangeClass.BREAKING.name());
        return isExitCodeWanted && isBreaking ? ExitCode.REFUSED : ExitCode.OK;
    }
}
