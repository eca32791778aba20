package io.llmschema.registry;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.RegistryException.TooMuchToValidate;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Undecided;
import io.llmschema.model.Violation;
import io.llmschema.model.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small language: a schema is the names of the fields that its documents must have, separated by spaces; others they may have.
 *
 * <p>So a reader can read what a writer wrote if the writer must write every field that the reader must find. A name may begin with a sign:
 * {@code $} is a field that must be there in JSON only, {@code ~} one that must be there under the strict policy only, {@code @} the fields of
 * a schema that is referred to by this name, {@code *} something about which nobody can tell anything, {@code $*} the same in JSON only,
 * {@code #} a comment. A {@code <} is an error.
 */
final class FieldsFormat implements SchemaFormat {
    private static final List<String> STARS = List.of("*", "$*");

    private final SchemaType type;
    private final AtomicInteger comparisons = new AtomicInteger();

    FieldsFormat(SchemaType type) {
        this.type = type;
    }

    /** How often two schemas were read to be compared. */
    int comparisons() {
        return comparisons.get();
    }

    @Override
    public SchemaType type() {
        return type;
    }

    @Override
    public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
        String text = content.text();
        boolean isWrong = text.contains("<")
                || words(text).stream()
                        .filter(word -> word.startsWith("@"))
                        .anyMatch(word -> references.stream()
                                .noneMatch(other -> other.name().equals(word.substring(1))));
        return isWrong
                ? ParseOutcome.Rejected.because(Violation.ofWhole("it has a '<', or a reference that is not given"))
                : new ParseOutcome.Parsed(new Parsed(text));
    }

    @Override
    public Set<DataEncoding> encodings() {
        return type == SchemaType.AVRO ? Set.of(DataEncoding.BINARY) : EnumSet.allOf(DataEncoding.class);
    }

    @Override
    public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
        comparisons.incrementAndGet();
        List<String> read = fields(reader);
        List<String> written = fields(writer);
        List<Undecided> undecided = Stream.concat(read.stream(), written.stream())
                .filter(STARS::contains)
                .map(star -> new Undecided(star.equals("*") ? null : DataEncoding.JSON, "/", "/", "there is a star"))
                .toList();
        List<Incompatibility> missing = read.stream()
                .filter(field -> !STARS.contains(field) && !written.contains(field))
                .filter(field -> policy == CompatibilityPolicy.STRICT || !field.startsWith("~"))
                .map(field -> missing(field, written))
                .toList();
        return new Judgement(missing, undecided);
    }

    @Override
    public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
        comparisons.incrementAndGet();
        List<String> old = words(before.content().text());
        List<String> now = words(after.content().text());
        List<SchemaChange> changes = new ArrayList<>();
        now.stream()
                .filter(word -> !old.contains(word))
                .forEach(word -> changes.add(change(Kind.ADDED, word, null, word)));
        old.stream()
                .filter(word -> !now.contains(word))
                .forEach(word -> changes.add(change(Kind.REMOVED, word, word, null)));
        if (changes.isEmpty() && !old.equals(now)) {
            changes.add(new SchemaChange(
                    Kind.REORDERED, Nature.ORDER, "/", "/", String.join(" ", old), String.join(" ", now)));
        }
        return changes;
    }

    private static SchemaChange change(Kind kind, String word, @Nullable String before, @Nullable String after) {
        Nature nature = word.startsWith("#") ? Nature.WORDS : Nature.MEANING;
        return new SchemaChange(kind, nature, "/" + word, "/" + word, before, after);
    }

    /** A document is the names of its fields, separated by spaces; {@code !} is too much for anybody. */
    @Override
    public DocumentValidator validator(SchemaSource schema) {
        return (document, form) -> {
            List<String> written = words(new String(document, StandardCharsets.UTF_8));
            if (written.contains("!")) {
                throw new TooMuchToValidate("it has a '!'");
            }
            return DocumentReport.of(fields(schema).stream()
                    .filter(field -> !written.contains(field))
                    .map(field -> new DocumentError("", "/" + field, "required", field + " is missing"))
                    .toList());
        };
    }

    /** {@code sorted}: the words in their order, with those of the schemas that are referred to. */
    @Override
    public Optional<String> rendered(SchemaSource schema, String form) {
        return form.equals("sorted")
                ? Optional.of(String.join(" ", fields(schema).stream().sorted().toList()))
                : Optional.empty();
    }

    private static Incompatibility missing(String field, List<String> written) {
        return new Incompatibility(
                "field-missing",
                field.startsWith("$") ? DataEncoding.JSON : DataEncoding.BINARY,
                "/" + field,
                "/",
                "the reader needs " + field,
                new Witness(Witness.JSON, written.toString(), field + " is missing"));
    }

    private static List<String> fields(SchemaSource source) {
        List<String> fields = new ArrayList<>();
        for (String word : words(source.content().text())) {
            if (word.startsWith("@")) {
                source.references().stream()
                        .filter(other -> other.name().equals(word.substring(1)))
                        .forEach(other -> fields.addAll(words(other.content().text())));
            } else if (!word.startsWith("#")) {
                fields.add(word);
            }
        }
        return fields;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private record Parsed(String text) implements ParsedSchema {
        @Override
        public String canonicalForm() {
            return text;
        }

        @Override
        public String unorderedForm() {
            return text;
        }

        /** Of comments in another order it is not told that they are words, and of a star nothing. */
        @Override
        public Optional<String> wordlessForm() {
            boolean isSure = text.indexOf('#') == text.lastIndexOf('#') && !text.contains("*");
            return isSure ? Optional.of(text.replaceAll("#[^ ]*", "#")) : Optional.empty();
        }

        @Override
        public SchemaOutline outline() {
            return new SchemaOutline(List.of(), List.of(), List.of());
        }
    }
}
