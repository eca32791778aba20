package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import io.llmschema.cli.RegistryFailure.Refused;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code validate-schema}: whether files hold valid schemas. */
@Command(
        name = "validate-schema",
        description = {
            "Asks whether files hold valid schemas, and shows what is wrong with them.",
            "Nothing is registered, and no subject is needed. Each thing that is wrong is told with its line."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema validate-schema schemas/",
            "  llmschema validate-schema user.proto --reference id.proto=acme/id.proto@1.0.0",
            "  llmschema validate-schema schemas/ --output junit --output-file schemas.xml",
            "  generate-schema | llmschema validate-schema - --type json",
            "",
            "It ends with 0 if all are valid, 1 if one is not.",
        })
final class ValidateSchemaCommand implements Callable<Integer> {
    private static final String RULE = "invalid-schema";

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

    ValidateSchemaCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        ReportFormat format = report.format(connection);
        CandidateFiles files = CandidateFiles.of(paths, console, candidates.type());
        List<WantedReference> told = candidates.references();
        try (RegistryClient client = connection.connect(patience.retries(interruption, console.err()::println))) {
            CandidateReferences references = new CandidateReferences(client, told, "");
            List<Examined> examined = files.candidatesOf("")
                    .map(candidate -> examine(candidate, client, references))
                    .toList();
            return report.write(new Report("validate-schema", examined), format, console);
        }
    }

    private static Examined examine(Candidate candidate, RegistryClient client, CandidateReferences references) {
        return switch (candidate) {
            case Candidate.Unreadable unreadable -> unreadable.examined();
            case Candidate.Readable readable -> {
                try {
                    yield examined(readable, client.validateSchema(readable.envelope(references.of(readable))));
                } catch (Refused refused) {
                    yield Examined.refused(readable, refused.problem());
                }
            }
        };
    }

    private static Examined examined(Candidate.Readable candidate, JsonNode answer) {
        if (answer.path("valid").asBoolean(false)) {
            String conclusion = "a valid "
                    + answer.path("schemaType").asString(candidate.type().name()) + " schema";
            return new Examined(candidate.file(), "", Outcome.PASSED, conclusion, List.of(), answer);
        }
        return Examined.invalid(candidate, RULE, Problem.violations(answer), answer);
    }
}
