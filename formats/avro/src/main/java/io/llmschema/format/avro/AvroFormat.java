package io.llmschema.format.avro;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.JsonText;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;

/**
 * Avro: a schema is accepted when the Avro library reads it with strict names and valid defaults, and every name in it is defined
 * before it is used.
 *
 * <p>The library stops at the first mistake and does not say where it is; so a walk of our own goes over the text first and tells
 * all of them with their places, and another one ({@link DefaultCheck}) over the defaults. The library has the last word on what the walk lets pass.
 *
 * <p>An annotation that does not fit is accepted, as the specification has it: "If a logical type is invalid, for example a decimal
 * with scale greater than its precision, then implementations should ignore the logical type and use the underlying Avro type."
 * Names of Java classes in a schema ({@code java-class}) are properties like any other; reading a schema loads none.
 */
public final class AvroFormat implements SchemaFormat {
    private static final String RESOLVED = "resolved";

    @Override
    public SchemaType type() {
        return SchemaType.AVRO;
    }

    @Override
    public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
        return switch (SchemaText.decode(content)) {
            case SchemaText.Unreadable(Violation violation) -> ParseOutcome.Rejected.because(violation);
            case SchemaText.Readable(String text) -> parse(text, references);
        };
    }

    @Override
    public Set<DataEncoding> encodings() {
        return Set.of(DataEncoding.BINARY);
    }

    /** The policy has no meaning here: records are not open, a field that a reader lacks is passed over. */
    @Override
    public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
        return AvroJudge.judge(reader, writer);
    }

    @Override
    public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
        return SchemaChanges.between(before, after);
    }

    @Override
    public DocumentValidator validator(SchemaSource schema) {
        return new AvroValidator(schema);
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@value #RESOLVED} is known: everything in one text that refers to nothing, each named type defined where it is first used. A schema without
     * references is that already. There is none where names cannot be told apart any more, or the text would nest deeper than {@link #MAX_DEPTH}.
     */
    @Override
    public Optional<String> rendered(SchemaSource schema, String form) {
        return form.equals(RESOLVED) ? Resolved.text(schema).filter(AvroFormat::isWhole) : Optional.empty();
    }

    /** Whether a text is a schema without any references. */
    private static boolean isWhole(String text) {
        return parse(text, List.of()) instanceof ParseOutcome.Parsed;
    }

    private static ParseOutcome parse(String text, List<ReferencedSchema> references) {
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.Malformed(Violation violation) -> ParseOutcome.Rejected.because(violation);
            case JsonText.WellFormed(JsonNode root) -> check(text, root, references);
        };
    }

    private static ParseOutcome check(String text, JsonNode root, List<ReferencedSchema> references) {
        Schema.Parser parser = LoadedSchema.newParser();
        for (ReferencedSchema reference : references) {
            try {
                parser.parse(reference.content().text());
            } catch (RuntimeException e) {
                return ParseOutcome.Rejected.because(Violation.ofWhole("with the other references, the reference '"
                        + reference.name() + "' cannot be read: " + AvroRefusal.sentenceOf(e)));
            }
        }
        SchemaWalk walk = SchemaWalk.over(root, parser.getTypes().keySet());
        if (!walk.violations().isEmpty()) {
            return rejected(text, walk.violations());
        }
        // Before the library looks at them, which has no bound.
        List<Violation> ofDefaults = DefaultCheck.violations(new SchemaSource(SchemaContent.of(text), references));
        if (!ofDefaults.isEmpty()) {
            return rejected(text, ofDefaults);
        }
        try {
            parser.parse(text);
            return new ParseOutcome.Parsed(ParsedAvroSchema.of(root, walk));
        } catch (RuntimeException e) {
            // The library has exceptions of many kinds for mistakes in a text, null pointers and illegal arguments
            // among them.
            return ParseOutcome.Rejected.because(Violation.ofWhole(AvroRefusal.sentenceOf(e)));
        }
    }

    private static ParseOutcome rejected(String text, List<Violation> violations) {
        return new ParseOutcome.Rejected(JsonPlaces.place(text, violations));
    }
}
