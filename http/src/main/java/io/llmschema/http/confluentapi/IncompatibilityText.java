package io.llmschema.http.confluentapi;

import io.llmschema.model.Comparison;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Undecided;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What stands against a schema, in the words that clients of this dialect print. */
final class IncompatibilityText {
    static final String OTHER_TYPE = "Incompatible because of different schema type";

    /** How much is shown of the schema that was compared with. */
    private static final int MAX_SHOWN_CHARS = 10_240;

    /** Rules of ours that Confluent's clients know by other names. */
    private static final Map<String, String> ERROR_TYPES = Map.of(
            "type-differs", "TYPE_MISMATCH",
            "field-without-default", "READER_FIELD_MISSING_DEFAULT_VALUE",
            "enum-symbol-missing", "MISSING_ENUM_SYMBOLS",
            "union-branch-missing", "MISSING_UNION_BRANCH",
            "fixed-size-differs", "FIXED_SIZE_MISMATCH",
            "property-added-to-open-object", "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL");

    private IncompatibilityText() {}

    private static String errorType(String rule) {
        return ERROR_TYPES.getOrDefault(rule, rule.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Of Avro one thing alone is undecided that has a name there: records whose names differ. */
    private static String errorType(SchemaType type, Undecided pair) {
        return type == SchemaType.AVRO && pair.readerPath().endsWith("/name") ? "NAME_MISMATCH" : "UNDECIDED";
    }

    /** The refusal of a registration. */
    static String refusal(Subject subject, String details) {
        return "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: [%s]"
                .formatted(subject, details);
    }

    /**
     * What stands against a schema in the comparison with the newest version that it does not go with, and what that version is.
     *
     * @param comparisons the newest version first; one at least came to another verdict than COMPATIBLE
     * @param find the version with an id
     */
    static List<String> messages(
            List<Comparison> comparisons, CompatibilityLevel level, Function<SchemaKey, Schema> find) {
        List<Comparison> against = ofNewest(comparisons);
        List<String> messages = new ArrayList<>(against.stream()
                .flatMap(comparison -> entries(comparison).stream())
                .toList());
        SchemaSummary old = against.getFirst().version();
        SchemaId id = old.id();
        messages.add("{oldSchemaVersion: %d}".formatted(old.ordinal()));
        messages.add("{oldSchema: '%s'}"
                .formatted(shortened(find.apply(new SchemaKey.ById(id)).content())));
        messages.add("{validateFields: 'false', compatibility: '%s'}".formatted(level));
        return messages;
    }

    /** The differences alone. */
    static String differences(List<Comparison> comparisons) {
        return String.join(
                ", ",
                ofNewest(comparisons).stream()
                        .flatMap(comparison -> entries(comparison).stream())
                        .toList());
    }

    private static List<Comparison> ofNewest(List<Comparison> comparisons) {
        List<Comparison> against = comparisons.stream()
                .filter(comparison -> comparison.judgement().verdict() != Verdict.COMPATIBLE)
                .toList();
        SchemaId newest = against.getFirst().version().id();
        return against.stream()
                .filter(comparison -> comparison.version().id().equals(newest))
                .toList();
    }

    private static List<String> entries(Comparison comparison) {
        SchemaType type = comparison.version().type();
        List<String> entries = new ArrayList<>();
        for (Incompatibility difference : comparison.judgement().incompatibilities()) {
            entries.add(entry(
                    type,
                    errorType(difference.rule()),
                    "%s; for example %s: %s"
                            .formatted(
                                    difference.message(),
                                    difference.witness().document(),
                                    difference.witness().refusal()),
                    places(difference.readerPath(), difference.writerPath())));
        }
        for (Undecided pair : comparison.judgement().undecided()) {
            entries.add(entry(
                    type,
                    errorType(type, pair),
                    "it is not known whether they are compatible, which counts as not: " + pair.reason(),
                    places(pair.readerPath(), pair.writerPath())));
        }
        return entries;
    }

    /** Avro's differences are laid out otherwise. */
    private static String entry(SchemaType type, String errorType, String description, String places) {
        return type == SchemaType.AVRO
                ? "{errorType:'%s', description:'%s', additionalInfo:'%s'}".formatted(errorType, description, places)
                : "{errorType:\"%s\", description:\"%s (%s)\"}".formatted(errorType, description, places);
    }

    private static String places(String reader, String writer) {
        return reader.equals(writer)
                ? "at '%s'".formatted(reader)
                : "at '%s' of the reader's schema, '%s' of the writer's".formatted(reader, writer);
    }

    private static String shortened(SchemaContent content) {
        String text = content.text();
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
