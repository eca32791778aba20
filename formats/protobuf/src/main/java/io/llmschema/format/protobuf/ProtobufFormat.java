package io.llmschema.format.protobuf;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import java.util.List;
import java.util.Optional;

/**
 * Protocol Buffers, as written in {@code .proto} files: proto2, proto3 and the editions 2023 and 2024.
 *
 * <p>A reference is named as it is imported. {@code google/protobuf/*.proto} and Google's common types ({@code google/api}, {@code
 * google/type}, {@code google/rpc} and others) need not be given; a reference of the same name replaces them.
 */
public final class ProtobufFormat implements SchemaFormat {
    /** The path of the schema itself, which nobody tells; no import can be written that would lead to it. */
    private static final String OWN_PATH = "-";

    private final BundledFiles bundled = new BundledFiles();
    private final LinkedFileCache cache = new LinkedFileCache(LinkedFileCache.MAX_KEPT_BYTES);

    @Override
    public SchemaType type() {
        return SchemaType.PROTOBUF;
    }

    @Override
    public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
        return switch (SchemaText.decode(content)) {
            case SchemaText.Unreadable unreadable -> ParseOutcome.Rejected.because(unreadable.violation());
            case SchemaText.Readable readable -> parse(readable.text(), content, references);
        };
    }

    private ParseOutcome parse(String text, SchemaContent content, List<ReferencedSchema> references) {
        Problems problems = new Problems();
        try {
            ProtoFile file = Parser.parse(text);
            Universe universe = new Universe(references, bundled, cache);
            Optional<LinkedFile> linked = universe.importsOf(file, content, problems)
                    .flatMap(imports -> Linker.link(OWN_PATH, file, imports, problems));
            if (linked.isPresent()) {
                return new ParseOutcome.Parsed(new ParsedProtobuf(linked.get()));
            }
        } catch (SyntaxError e) {
            problems.add(e);
        }
        return new ParseOutcome.Rejected(problems.violations());
    }
}
