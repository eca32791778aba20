package io.llmschema.cli;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate from-confluent}: what a running registry of Confluent's has comes into ours. */
@Command(
        name = "from-confluent",
        description = {
            "Copies all that a registry has, which speaks as Confluent's does, into ours: versions with their numbers and"
                    + " ids, deleted ones too, references, metadata, rules, configs and modes, in all contexts.",
            "The source goes on working. What is there already stays, so the same command goes on where it stopped, and"
                    + " brings what came meanwhile. At the end every version is read from both sides and compared."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema migrate from-confluent http://old:8081 --to http://localhost:8081",
            "  llmschema migrate from-confluent https://old --user me --password-file secret --report refused.jsonl",
            "  llmschema migrate from-confluent http://old:8081 --no-modes    when the source is READONLY by now",
            "",
            "It ends with 0 only if both sides are the same.",
        })
final class MigrateFromCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Parameters(paramLabel = "URL", description = "Where Confluent's registry answers")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "URL",
            defaultValue = Address.OF_OURS,
            description = "Where ours answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String to = "";

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private DialectOptions dialect = new DialectOptions();

    @Mixin
    private MigrationOptions options = new MigrationOptions();

    MigrateFromCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        URI theirs = Address.parse("the first word", from);
        URI ours = Address.parse("--to", to);
        MigrationSession session = new MigrationSession(console, interruption, dialect);
        try (DialectWire source = dialect.theirs(theirs, credentials, interruption, session.progress()::say);
                DialectWire target = dialect.ours(ours, interruption, session.progress()::say)) {
            return session.copy(dialect.registry(source), dialect.registry(target), options, List.of());
        }
    }
}
