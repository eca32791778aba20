package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Undecided;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Protocol Buffers, as written in {@code .proto} files: proto2, proto3 and the editions 2023 and 2024.
 *
 * <p>A reference is named as it is imported. {@code google/protobuf/*.proto} and Google's common types ({@code google/api}, {@code
 * google/type}, {@code google/rpc} and others) need not be given; a reference of the same name replaces them.
 */
public final class ProtobufFormat implements SchemaFormat {
    /** The path of the schema itself, which nobody tells; no import can be written that would lead to it. */
    private static final String OWN_PATH = "-";

    private static final String SERIALIZED = "serialized";
    private static final String WITHOUT_EXTENSIONS = "ignore_extensions";

    /** Deep nesting makes a text many times longer than its descriptor. */
    private static final int MAX_TEXT_OF_DESCRIPTOR = 32 * 1024 * 1024;

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

    /** Both: the wire format, and the JSON mapping. */
    @Override
    public Set<DataEncoding> encodings() {
        return Set.of(DataEncoding.JSON, DataEncoding.BINARY);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The paths of an incompatibility are full names, and its witness is a message of the type that the writer's path names or lies
     * in. The policy has no meaning here: what the reader does not know, it leaves aside (wire format) or refuses (JSON).
     */
    @Override
    public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
        return judge(parse(reader.content(), reader.references()), parse(writer.content(), writer.references()));
    }

    private static Judgement judge(ParseOutcome reader, ParseOutcome writer) {
        if (reader instanceof ParseOutcome.Parsed(ParsedProtobuf read)
                && writer instanceof ParseOutcome.Parsed(ParsedProtobuf written)) {
            return new Comparison(read.descriptor(), written.descriptor()).judge(Steps.MAX_STEPS);
        }
        return new Judgement(List.of(), List.of(new Undecided("", "", "one of the two is no valid schema")));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Documents are messages in the JSON mapping, or bare ones in the wire format. Which message is told by its full name; it may be one
     * of an imported file.
     */
    @Override
    public DocumentValidator validator(SchemaSource schema) {
        return new ProtobufValidator(parsed(schema).descriptor());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Places and natures are those of {@link FileDifferences}.
     */
    @Override
    public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
        return FileDifferences.between(parsed(before).linked(), parsed(after).linked());
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@value #SERIALIZED} is the descriptor of the file in base64, with what it imports by name only; its own name is none that could be imported.
     * {@value #WITHOUT_EXTENSIONS} is {@link WithoutExtensions its text without extensions}.
     */
    @Override
    public Optional<String> rendered(SchemaSource schema, String form) {
        return switch (form) {
            case SERIALIZED -> Optional.of(serialized(parsed(schema)));
            case WITHOUT_EXTENSIONS ->
                Optional.of(CanonicalPrinter.print(
                                WithoutExtensions.of(parsed(schema).linked())))
                        .filter(text -> isSchema(text, schema.references()));
            default -> Optional.empty();
        };
    }

    private static String serialized(ParsedProtobuf schema) {
        return Base64.getEncoder().encodeToString(schema.descriptor().toProto().toByteArray());
    }

    @Override
    public boolean isLikelyNoText(SchemaContent content) {
        return SerializedFile.isLikely(content);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The other form is {@value #SERIALIZED}: the base64 of a {@code google.protobuf.FileDescriptorProto}, padded or not, with at most {@value
     * SerializedFile#MAX_BYTES} bytes. The text leads to the same descriptor, but for what the text of a file cannot say, its name and places among
     * them, and for custom options whose declaration is not found.
     */
    @Override
    public Optional<String> textOf(SchemaSource given) {
        return SerializedFile.read(given.content()).flatMap(file -> textOf(file, given));
    }

    private Optional<String> textOf(FileDescriptorProto file, SchemaSource given) {
        try {
            return CanonicalPrinter.print(tree(file, given), MAX_TEXT_OF_DESCRIPTOR);
        } catch (Inexpressible _) {
            return Optional.empty();
        }
    }

    /** Where imports are missing, the tree has them, and whoever parses its text is told. */
    private ProtoFile tree(FileDescriptorProto file, SchemaSource given) {
        Imports imports = new Universe(given.references(), bundled, cache)
                .importsOf(DescriptorReader.head(file), given.content(), new Problems())
                .orElse(Imports.NONE);
        NameScope ownPackage = NameScope.of(file, imports);
        OptionReader options = new OptionReader(imports);
        ProtoFile tree = DescriptorReader.read(file, ownPackage, options);
        if (options.understandsExtensions() && DescriptorReader.declaresExtensions(file)) {
            // The options of a file can be extensions that it declares itself, which have to be linked before they are
            // understood.
            Optional<LinkedFile> linked = Linker.link(OWN_PATH, tree, imports, new Problems());
            linked.ifPresent(own -> options.addExtensions(own.descriptor()));
            return linked.isPresent() ? DescriptorReader.read(file, ownPackage, options) : tree;
        }
        return tree;
    }

    private boolean isSchema(String text, List<ReferencedSchema> references) {
        return parse(SchemaContent.of(text), references) instanceof ParseOutcome.Parsed;
    }

    private ParsedProtobuf parsed(SchemaSource schema) {
        return switch (parse(schema.content(), schema.references())) {
            case ParseOutcome.Parsed(ParsedProtobuf read) -> read;
            case ParseOutcome.Parsed other -> throw new IllegalStateException("not of this format: " + other);
            case ParseOutcome.Rejected rejected ->
                throw new IllegalArgumentException("not a valid schema: " + rejected.violations());
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
