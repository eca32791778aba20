package io.llmschema.cli;

import io.llmschema.cli.migrate.TopicExport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate export-topic}: all that a registry has, as records of Confluent's topic. */
@Command(
        name = "export-topic",
        description = {
            "Writes all that our registry has as the records of Confluent's topic (_schemas), a JSON object a line.",
            "What is referred to comes before what refers to it, and what is set comes last."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema migrate export-topic topic.jsonl.zst",
            "  llmschema migrate export-topic - | jq -r '[.key, .value] | map(tojson) | join(\"\\t\")' \\",
            "      | kafka-console-producer --topic _schemas --property parse.key=true --bootstrap-server kafka:9092",
        })
final class ExportTopicCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Parameters(
            paramLabel = "FILE",
            description = "Where to; compressed if the name ends in .zst; - for standard output")
    private String file = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = Address.OF_OURS,
            description = "Where the registry answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String url = "";

    @Mixin
    private DialectOptions dialect = new DialectOptions();

    ExportTopicCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        MigrationSession session = new MigrationSession(console, interruption, dialect);
        try (DialectWire source = dialect.ours(Address.parse("--url", url), interruption, session.progress()::say)) {
            TopicExport export = new TopicExport(
                    dialect.registry(source), dialect.concurrency(), interruption::isRequested, session.progress());
            return session.exitOf(() -> write(export));
        }
    }

    private ExitCode write(TopicExport export) {
        TopicExport.Written written;
        try (Writer out = new OutputStreamWriter(ZstdFiles.write(file, console), StandardCharsets.UTF_8)) {
            written = export.writeTo(record -> writeLine(record.toJson().toString(), out));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        if (dialect.isJson() && !file.equals("-")) {
            console.out()
                    .println(Json.MAPPER.createObjectNode().put("file", file).put("records", written.records()));
        } else {
            console.err().println("exported " + Units.count(written.records()) + " records");
        }
        written.hidden()
                .forEach(name -> console.err()
                        .println("not exported: versions of " + name + ", which are hidden behind its alias"));
        return written.hidden().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void writeLine(String line, Writer out) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private CommandFailure cannotWrite(IOException e) {
        return new CommandFailure(ExitCode.USAGE, "cannot write " + file + ": " + e.getMessage());
    }
}
