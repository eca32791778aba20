package io.llmschema.cli;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.VersionSelector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code check}: whether schemas in files may become the next versions of their subjects. */
@Command(
        name = "check",
        description = {
            "Asks whether schemas may become the next versions of their subjects.",
            "Nothing is registered. Every difference that would break a reader is shown with its place and with a document"
                    + " that shows it. Made for continuous integration: it ends with 1 if one schema may not follow.",
            "",
            "The subject of orders.json and orders.avsc is orders; a .proto keeps its ending. In a folder the subject is the"
                    + " path from there, as import takes it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema check schemas/ --subject-prefix acme/",
            "  llmschema check order.json --subject orders --level FULL_TRANSITIVE",
            "  llmschema check order.json --subject orders --against 1.0.0 --against latest",
            "  llmschema check schemas/ --output sarif --output-file check.sarif",
            "  generate-schema | llmschema check - --subject events --type avro",
            "",
            "It ends with 0 if all may follow; with 1 if one may not, if nobody can tell (see --allow-unknown), or if",
            "a file is no valid schema; with 2 and 3 as every command.",
        })
final class CheckCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private CandidateOptions candidates = new CandidateOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Schema files and folders of them; - reads standard input")
    private List<String> paths = List.of();

    @Option(names = "--subject", paramLabel = "NAME", description = "The subject, where there is one schema")
    private @Nullable String subject;

    @Option(
            names = "--subject-prefix",
            paramLabel = "TEXT",
            description = "Put before every subject that a file is named for")
    private String subjectPrefix = "";

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "${COMPLETION-CANDIDATES}. Default: the level in force for the subject")
    private @Nullable CompatibilityLevel level;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "${COMPLETION-CANDIDATES}: whether an object that takes any property may gain an optional one."
                            + " Default: what is in force for the subject")
    private @Nullable CompatibilityPolicy policy;

    @Option(
            names = "--aspect",
            paramLabel = "ENCODING",
            description =
                    "${COMPLETION-CANDIDATES}: the encoding that counts; may be repeated. Default: all that the schema"
                            + " type has")
    private List<DataEncoding> aspects = List.of();

    @Option(
            names = "--against",
            paramLabel = "VERSION",
            description =
                    "A version to compare with: 1.2.3, latest, ordinal:7 or a range; may be repeated. Default: those"
                            + " that the level says")
    private List<String> against = List.of();

    @Option(names = "--allow-unknown", description = "Let pass what nobody can tell, with a warning")
    private boolean isUnknownAllowed;

    CheckCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        ReportFormat format = report.format(connection);
        CandidateFiles files = CandidateFiles.of(paths, console, candidates.type());
        List<WantedReference> references = candidates.references();
        ObjectNode criteria = criteria();
        Stream<Candidate> named = named(files);
        try (RegistryClient client = connection.connect(patience.retries(interruption, console.err()::println))) {
            CompatibilityCheck check = new CompatibilityCheck(
                    client, new CandidateReferences(client, references, subjectPrefix), criteria, isUnknownAllowed);
            return report.write(new Report("check", check.of(named)), format, console);
        }
    }

    private Stream<Candidate> named(CandidateFiles files) {
        if (subject == null) {
            if (files.hasStandardInput()) {
                throw new CommandFailure(ExitCode.USAGE, "standard input has no name; --subject says what it is of");
            }
            return files.candidates(subjectPrefix);
        }
        if (files.count() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--subject is for one schema, and there are " + files.count() + "; see --subject-prefix");
        }
        return files.candidatesOf(subjectPrefix + subject);
    }

    /** What every question says beside its schema; what is left out is for the registry to decide. */
    private ObjectNode criteria() {
        ObjectNode criteria = Json.MAPPER.createObjectNode();
        if (level != null) {
            criteria.put("level", level.name());
        }
        if (policy != null) {
            criteria.put("policy", policy.name());
        }
        if (!aspects.isEmpty()) {
            ArrayNode array = criteria.putArray("aspects");
            aspects.forEach(aspect -> array.add(aspect.name()));
        }
        if (!against.isEmpty()) {
            ArrayNode array = criteria.putArray("against");
            against.forEach(version -> array.add(checked(version)));
        }
        return criteria;
    }

    private static String checked(String version) {
        try {
            VersionSelector.parse(version);
            return version;
        } catch (InvalidValue e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
