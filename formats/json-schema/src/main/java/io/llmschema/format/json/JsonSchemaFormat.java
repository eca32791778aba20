package io.llmschema.format.json;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaStep;
import io.llmschema.format.SchemaText;
import io.llmschema.format.json.ReferenceCheck.Target;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.JsonText;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Judgement;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Undecided;
import io.llmschema.model.Verdict;
import io.llmschema.model.Violation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * JSON Schema: drafts 04, 06, 07, 2019-09 and 2020-12.
 *
 * <p>A schema is accepted when it is JSON, is what the metaschema of its draft wants, has no regular expression that nothing could
 * read, and refers to nothing but itself, its references and the metaschemas. A draft it does not name is the newest that accepts
 * it.
 */
public final class JsonSchemaFormat implements SchemaFormat {
    @Override
    public SchemaType type() {
        return SchemaType.JSON;
    }

    @Override
    public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
        return switch (SchemaText.decode(content)) {
            case SchemaText.Unreadable(Violation violation) -> ParseOutcome.Rejected.because(violation);
            case SchemaText.Readable(String text) -> parse(text, references);
        };
    }

    private static ParseOutcome parse(String text, List<ReferencedSchema> references) {
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.Malformed(Violation violation) -> ParseOutcome.Rejected.because(violation);
            case JsonText.WellFormed(JsonNode root) -> check(text, root, references);
        };
    }

    private static ParseOutcome check(String text, JsonNode root, List<ReferencedSchema> references) {
        SchemaDocument document = SchemaDocument.read(root);
        OtherDocuments others = new OtherDocuments(document.root().base(), references);
        IdentityHashMap<JsonNode, Target> targets = new ReferenceCheck(document, others).run();
        CircularReferences.report(document, targets);
        List<Violation> violations = document.violations();
        return violations.isEmpty()
                ? new ParseOutcome.Parsed(ParsedJsonSchema.of(root, document))
                : new ParseOutcome.Rejected(JsonPlaces.place(text, violations));
    }

    @Override
    public Set<DataEncoding> encodings() {
        return Set.of(DataEncoding.JSON);
    }

    @Override
    public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
        return judge(read(reader), read(writer), policy);
    }

    private static Judgement judge(
            Optional<ReadSchema> reader, Optional<ReadSchema> writer, CompatibilityPolicy policy) {
        if (reader.isEmpty() || writer.isEmpty()) {
            // Accepted by an earlier release, it may be, that was less strict.
            return new Judgement(List.of(), List.of(new Undecided("", "", "one of the schemas cannot be read")));
        }
        return new JsonSchemaComparison(reader.get(), writer.get(), policy).judge();
    }

    @Override
    public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
        Optional<ReadSchema> was = read(before);
        Optional<ReadSchema> is = read(after);
        if (was.isEmpty() || is.isEmpty()) {
            // Accepted by an earlier release, it may be, that was less strict: all that can be said is whether they are
            // the same.
            String old = before.content().text();
            String now = after.content().text();
            return old.equals(now)
                    ? List.of()
                    : List.of(
                            new SchemaChange(SchemaChange.Kind.CHANGED, SchemaChange.Nature.MEANING, "", "", old, now));
        }
        return SchemaDifference.between(was.get(), is.get());
    }

    @Override
    public SchemaStep step(SchemaSource before, SchemaSource after, CompatibilityPolicy policy) {
        Optional<ReadSchema> was = read(before);
        Optional<ReadSchema> is = read(after);
        Judgement backward = judge(is, was, policy);
        // What is compatible could be read.
        return backward.verdict() == Verdict.COMPATIBLE
                ? new SchemaStep(backward, SchemaDifference.between(was.orElseThrow(), is.orElseThrow()))
                : new SchemaStep(backward, List.of());
    }

    @Override
    public DocumentValidator validator(SchemaSource schema) {
        JsonNode root =
                root(schema).orElseThrow(() -> new RegistryException.TooMuchToValidate("the schema cannot be read"));
        return JsonDocumentValidator.of(root, schema);
    }

    /** None is known: a {@code $ref} keeps the place and the draft of what it refers to, which would be lost in a copy. */
    @Override
    public Optional<String> rendered(SchemaSource schema, String form) {
        return Optional.empty();
    }

    private static Optional<ReadSchema> read(SchemaSource source) {
        return root(source).map(root -> ReadSchema.of(root, source));
    }

    private static Optional<JsonNode> root(SchemaSource source) {
        return SchemaText.decode(source.content()) instanceof SchemaText.Readable(String text)
                        && JsonText.parse(text, MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)
                ? Optional.of(root)
                : Optional.empty();
    }
}
