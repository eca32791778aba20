package io.llmschema.cli;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate to-confluent}: what our registry has goes into a running one of Confluent's. */
@Command(
        name = "to-confluent",
        description = {
            "Copies all that our registry has into one that speaks as Confluent's does: the way back of from-confluent.",
            "What only we keep (states, owners, semantic version numbers, histories of validation) stays behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema migrate to-confluent http://other:8081 --from http://localhost:8081",
            "  llmschema migrate to-confluent https://other --user me --password-file secret --tenant acme",
            "",
            "It ends with 0 only if both sides are the same.",
        })
final class MigrateToCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Parameters(paramLabel = "URL", description = "Where Confluent's registry answers")
    private String to = "";

    @Option(
            names = "--from",
            paramLabel = "URL",
            defaultValue = Address.OF_OURS,
            description = "Where ours answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String from = "";

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private DialectOptions dialect = new DialectOptions();

    @Mixin
    private MigrationOptions options = new MigrationOptions();

    MigrateToCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        URI theirs = Address.parse("the first word", to);
        URI ours = Address.parse("--from", from);
        MigrationSession session = new MigrationSession(console, interruption, dialect);
        try (DialectWire source = dialect.ours(ours, interruption, session.progress()::say);
                DialectWire target = dialect.theirs(theirs, credentials, interruption, session.progress()::say)) {
            return session.copy(dialect.registry(source), dialect.registry(target), options, List.of());
        }
    }
}
