package io.llmschema.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}: the exact bytes of one version, or all that is known of it. */
@Command(
        name = "get",
        description = {
            "Prints a schema exactly as it was registered, byte for byte.",
            "With --json, everything that is known of it, the schema as a text inside."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema get orders                   the latest version",
            "  llmschema get orders@1.2.0             that version",
            "  llmschema get 'orders@^1.2'            the highest version of a range",
            "  llmschema get orders@ordinal:3         the third that was registered",
            "  llmschema get --id 01a2b3c4-… -o order.json",
        })
final class GetCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SUBJECT[@VERSION]",
            description = "A subject and which of its versions. Default: the latest")
    private @Nullable String subject;

    @Option(names = "--id", paramLabel = "UUID", description = "The version with this id, deleted or not")
    private @Nullable String id;

    @Option(names = "--global-id", paramLabel = "N", description = "The content with this number")
    private @Nullable Integer globalId;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file instead of standard output")
    private @Nullable Path output;

    GetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String path = path();
        try (RegistryClient client = connection.connect(Retries.none())) {
            write(
                    connection.isJson()
                            ? (client.document(path) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8)
                            : client.content(path));
        }
        return ExitCode.OK.code();
    }

    private String path() {
        if (Stream.of(subject != null, id != null, globalId != null)
                        .filter(isGiven -> isGiven)
                        .count()
                != 1) {
            throw new CommandFailure(ExitCode.USAGE, "name one of SUBJECT[@VERSION], --id and --global-id");
        }
        if (id != null) {
            return Paths.schema(id);
        }
        if (globalId != null) {
            return Paths.globalId(globalId);
        }
        SubjectVersion wanted = SubjectVersion.parse(String.valueOf(subject));
        return Paths.version(wanted.subject(), wanted.version());
    }

    private void write(byte[] bytes) {
        try {
            if (output != null) {
                Files.write(output, bytes);
                return;
            }
            OutputStream raw = console.raw();
            raw.write(bytes);
            raw.flush();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot write " + (output == null ? "the schema" : output) + ": " + e.getMessage());
        }
    }
}
