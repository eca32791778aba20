package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate}: whether documents conform to a schema of the registry. */
@Command(
        name = "validate",
        description = {
            "Asks whether documents conform to a schema of the registry.",
            "A file is one document. Files that end in .ndjson or .jsonl have a document on each line and may be of any length;"
                    + " they are sent in parts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema validate --subject orders order-17.json order-18.json",
            "  llmschema validate --subject orders --version '^1.2' orders.ndjson",
            "  llmschema validate --id 01a2b3c4-… record.bin --encoding binary",
            "  kafka-dump | llmschema validate --subject orders --ndjson -",
            "  llmschema validate --subject acme/shop.proto --message acme.Order order.json",
            "",
            "It ends with 0 if the registry accepts all documents, with 1 if it does not. A subject may be in a mode",
            "in which invalid documents are accepted (WARN, MONITOR): with --strict they end with 1 too.",
        })
final class ValidateCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 404;

    private final Console console;
    private final Interruption interruption;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of documents; - reads standard input")
    private List<String> files = List.of();

    @Option(names = "--subject", paramLabel = "NAME", description = "The subject whose schema they are to conform to")
    private @Nullable String subject;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "Its version: 1.2.3, latest, ordinal:7 or a range. Default: latest")
    private @Nullable String version;

    @Option(names = "--id", paramLabel = "UUID", description = "The version with this id, instead of --subject")
    private @Nullable String id;

    @Option(
            names = "--message",
            paramLabel = "NAME",
            description = "Of Protobuf, the message type that the documents are. Default: for the registry to decide")
    private @Nullable String message;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description = "json, or binary as Avro and Protobuf have it. Default: json")
    private DocumentEncoding encoding = DocumentEncoding.JSON;

    @Option(names = "--ndjson", description = "Every file has a document on each line, whatever its name")
    private boolean isNdjson;

    @Option(
            names = "--strict",
            description = "End with 1 for documents that are invalid, even if the registry accepts them")
    private boolean isStrict;

    @Option(
            names = "--progress",
            negatable = true,
            description =
                    "Draw a bar for files of many documents, or not. Default: a bar on a terminal, else a line every"
                            + " few seconds")
    private @Nullable Boolean isBarWanted;

    /** How documents are written. */
    enum DocumentEncoding {
        JSON("application/json"),
        BINARY("application/octet-stream");

        private final String mediaType;

        DocumentEncoding(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    ValidateCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        ReportFormat format = report.format(connection);
        String path = path();
        if (isNdjson && encoding == DocumentEncoding.BINARY) {
            throw new CommandFailure(ExitCode.USAGE, "lines are JSON; a binary document is a file of its own");
        }
        files.forEach(ValidateCommand::requireReadable);
        try (RegistryClient client = connection.connect(patience.retries(interruption, console.err()::println))) {
            DocumentValidation validation = new DocumentValidation(client, path, about(), isStrict);
            List<Examined> examined = new ArrayList<>();
            for (String file : files) {
                examined.add(examine(file, validation));
            }
            return report.write(new Report("validate", examined), format, console);
        }
    }

    private String path() {
        if ((subject == null) == (id == null)) {
            throw new CommandFailure(ExitCode.USAGE, "name one of --subject and --id");
        }
        if (id != null && version != null) {
            throw new CommandFailure(ExitCode.USAGE, "--id is a version already; --version goes with --subject");
        }
        String schema = id == null
                ? Paths.version(String.valueOf(subject), version == null ? "latest" : version)
                : Paths.schema(id);
        return schema + "/validate" + new Query().with("message", message);
    }

    /** What the documents are held against, as the person named it. */
    private String about() {
        return id == null ? subject + " " + (version == null ? "latest" : version) : id;
    }

    private static void requireReadable(String file) {
        boolean isThere = file.equals(Examined.STANDARD_INPUT)
                || (Files.isReadable(Path.of(file)) && !Files.isDirectory(Path.of(file)));
        if (!isThere) {
            throw new CommandFailure(ExitCode.USAGE, file + " is no file that can be read");
        }
    }

    private Examined examine(String file, DocumentValidation validation) {
        boolean isStandardInput = file.equals(Examined.STANDARD_INPUT);
        try (InputStream in = isStandardInput ? console.in() : Files.newInputStream(Path.of(file))) {
            if (!isStream(file)) {
                return validation.ofOne(file, encoding.mediaType, in);
            }
            try (Progress progress = progress(file)) {
                return validation.ofEachLine(file, in, progress);
            }
        } catch (IOException e) {
            String reason = "it cannot be read to its end: " + e.getMessage();
            return Examined.unreadable(file, about(), Candidate.Unreadable.RULE, reason);
        } catch (Refused refused) {
            if (refused.problem().status() == NOT_FOUND) {
                // Of the schema, not of this file: no other file would fare better.
                throw refused;
            }
            return Examined.unreadable(
                    file, about(), refused.problem().code(), refused.problem().detail());
        }
    }

    private boolean isStream(String file) {
        return encoding == DocumentEncoding.JSON && (isNdjson || file.endsWith(".ndjson") || file.endsWith(".jsonl"));
    }

    private Progress progress(String file) throws IOException {
        boolean isStandardInput = file.equals(Examined.STANDARD_INPUT);
        long bytes = isStandardInput ? 0 : Files.size(Path.of(file));
        boolean isBar = isBarWanted == null
                ? console.isErrTerminal() && bytes > DocumentValidation.MAX_CHUNK_BYTES
                : isBarWanted && !isStandardInput;
        return isBar
                ? new Progress.Bar(console.err(), "validate", bytes)
                : new Progress.PlainLines(console.err(), bytes);
    }
}
