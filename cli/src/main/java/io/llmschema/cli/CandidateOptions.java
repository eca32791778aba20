package io.llmschema.cli;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how schemas in files are to be understood. */
final class CandidateOptions {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "json, avro or protobuf. Default: by the file's ending (.json, .avsc, .proto), or else by its"
                    + " content")
    private @Nullable String type;

    @Option(
            names = "--reference",
            paramLabel = "NAME=SUBJECT@VERSION",
            description =
                    "What a schema calls NAME is that version of that subject; may be repeated. Of several schemas, it"
                            + " is told of those in which NAME occurs. A Protobuf import is looked for as a subject of its name")
    private List<String> references = List.of();

    @Nullable
    SchemaType type() {
        try {
            return type == null ? null : SchemaType.parse(type);
        } catch (InvalidValue e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    List<WantedReference> references() {
        try {
            return references.stream().map(WantedReference::parse).toList();
        } catch (InvalidValue e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
