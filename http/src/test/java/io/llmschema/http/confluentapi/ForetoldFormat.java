package io.llmschema.http.confluentapi;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Undecided;
import io.llmschema.model.Violation;
import io.llmschema.model.Witness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A language in which the answers are written into the schemas: one with {@code narrow} in it reads nothing, of one with {@code hard} nothing is known,
 * {@code wrong} is none at all. Spaces mean nothing, and the order of letters nothing to a validator.
 * After a {@code ~} a schema stands in another form: backwards.
 */
record ForetoldFormat(SchemaType type) implements SchemaFormat {
    @Override
    public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
        String text = content.text();
        return text.contains("wrong")
                ? ParseOutcome.Rejected.because(Violation.ofWhole("it is wrong"))
                : new ParseOutcome.Parsed(new Parsed(text.replace(" ", "")));
    }

    private record Parsed(String canonicalForm) implements ParsedSchema {
        @Override
        public String unorderedForm() {
            char[] letters = canonicalForm.toCharArray();
            Arrays.sort(letters);
            return new String(letters);
        }

        @Override
        public SchemaOutline outline() {
            return new SchemaOutline(List.of(), List.of(), List.of());
        }
    }

    @Override
    public Set<DataEncoding> encodings() {
        return type == SchemaType.JSON ? Set.of(DataEncoding.JSON) : Set.of(DataEncoding.BINARY);
    }

    @Override
    public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
        String text = reader.content().text();
        return new Judgement(
                text.contains("narrow") ? List.of(narrow()) : List.of(), text.contains("hard") ? hard() : List.of());
    }

    private Incompatibility narrow() {
        return new Incompatibility(
                "property-became-required",
                encodings().iterator().next(),
                "/r",
                "/w",
                "it is narrow",
                new Witness(Witness.JSON, "{}", "no"));
    }

    private static List<Undecided> hard() {
        return List.of(new Undecided("/r", "/r", "it is hard"));
    }

    @Override
    public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
        return List.of();
    }

    @Override
    public Optional<String> rendered(SchemaSource schema, String form) {
        return form.equals("loud") ? Optional.of(schema.content().text().toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    @Override
    public DocumentValidator validator(SchemaSource schema) {
        return (_, _) -> DocumentReport.VALID;
    }

    @Override
    public boolean isLikelyNoText(SchemaContent content) {
        return content.text().startsWith("~");
    }

    @Override
    public Optional<String> textOf(SchemaSource given) {
        String letters = given.content().text().substring(1);
        return Optional.of(new StringBuilder(letters).reverse().toString());
    }
}
