package io.llmschema.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate import-topic}: the records of Confluent's topic come into a running registry. */
@Command(
        name = "import-topic",
        description = {
            "Plays the topic in which Confluent's registry keeps all it has (_schemas) into ours.",
            "A line of the file is {\"key\": …, \"value\": …}, or the key, a tab and the value. Of records with the same key the"
                    + " last one counts. It ends as from-confluent does: both sides are compared."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kafka-console-consumer --topic _schemas --from-beginning --property print.key=true \\",
            "      --timeout-ms 10000 --bootstrap-server kafka:9092 > schemas.tsv",
            "  llmschema migrate import-topic schemas.tsv",
            "  zstdcat topic.jsonl.zst | llmschema migrate import-topic -",
        })
final class ImportTopicCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Parameters(
            paramLabel = "FILE",
            description = "A record a line; compressed if the name ends in .zst; - reads standard input")
    private String file = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = Address.OF_OURS,
            description = "Where the registry answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String url = "";

    @Mixin
    private DialectOptions dialect = new DialectOptions();

    @Mixin
    private MigrationOptions options = new MigrationOptions();

    ImportTopicCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        TopicFile topic = read();
        MigrationSession session = new MigrationSession(console, interruption, dialect);
        try (DialectWire target = dialect.ours(Address.parse("--url", url), interruption, session.progress()::say)) {
            return session.copy(topic.log(), dialect.registry(target), options, topic.badLines());
        }
    }

    private TopicFile read() {
        try (InputStream in = ZstdFiles.read(file, console)) {
            return TopicFile.read(in);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage());
        }
    }
}
