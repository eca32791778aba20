package io.llmschema.format.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The drafts as the validator library has them, changed where it would do too much, or say too little.
 *
 * <p>{@code format} is a condition in all of them, though since draft 2019-09 a validator may take it for a remark. Who writes it means it: schemas
 * for language models, for APIs and for messages say {@code date-time} and are surprised by "soon". And a registry that lets pass what
 * some reader refuses would be no help. {@code JsonSchemaFormat.judge} takes it as a condition for the same reason. Formats that no draft since 04
 * defines are remarks, whatever the library makes of them: a {@code phone} is what its author says.
 */
final class LibraryDialects {
    private static final Map<Draft, Dialect> BY_DRAFT =
            Arrays.stream(Draft.values()).collect(Collectors.toMap(draft -> draft, LibraryDialects::changed));

    private LibraryDialects() {}

    static Dialect of(Draft draft) {
        Dialect dialect = BY_DRAFT.get(draft);
        if (dialect == null) {
            throw new IllegalStateException("there is one for every draft, " + draft);
        }
        return dialect;
    }

    /** The dialect that a {@code $schema} names. */
    static Function<String, Optional<Dialect>> byName() {
        return name -> Draft.named(name).map(LibraryDialects::of);
    }

    private static Dialect changed(Draft draft) {
        Dialect dialect = ofLibrary(draft);
        Dialect.Builder builder = Dialect.builder(dialect);
        dialect.getKeywords().forEach((word, keyword) -> {
            PaidKeyword.Price price = PaidKeyword.PRICES.get(word);
            if (price != null) {
                builder.keyword(new PaidKeyword(keyword, price));
            }
        });
        builder.keyword(new PaidKeyword(new PatternMembersKeyword(), PaidKeyword.Price.MEMBERS));
        for (AlternativesKeyword keyword : AlternativesKeyword.values()) {
            builder.keyword(keyword);
        }
        for (LimitKeyword keyword : LimitKeyword.values()) {
            // In draft 04 the exclusive ones are remarks to the others.
            if (draft != Draft.DRAFT_04 || keyword == LimitKeyword.MINIMUM || keyword == LimitKeyword.MAXIMUM) {
                builder.keyword(keyword);
            }
        }
        if (dialect.getKeywords().containsKey("propertyNames")) {
            builder.keyword(new NamesKeyword());
        }
        if (draft != Draft.DRAFT_04) {
            // A word that drafts since 06 do not know, and that the library knows but cannot read.
            builder.keyword(new NonValidationKeyword("id"));
        }
        return builder.formats(LibraryDialects::change)
                .formatKeywordFactory(PaidFormats::new)
                // The library warns in the log of every word that a draft does not know; people's schemas are full of
                // them.
                .unknownKeywordFactory((word, _) -> new NonValidationKeyword(word))
                .build();
    }

    private static void change(Map<String, Format> formats) {
        formats.keySet().removeIf(name -> !Formats.areKnown(name));
        formats.put("regex", new RegexFormat());
        formats.computeIfPresent("uri-reference", (_, format) -> new ReferenceFormat(format));
        formats.computeIfPresent("iri-reference", (_, format) -> new ReferenceFormat(format));
    }

    /** What the library takes for a reference, unless it begins with a colon: neither a scheme nor a first segment does. */
    private record ReferenceFormat(Format of) implements Format {
        @Override
        public String getName() {
            return of.getName();
        }

        @Override
        public String getMessageKey() {
            return of.getMessageKey();
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return !value.startsWith(":") && of.matches(context, value);
        }
    }

    /** What is accepted as a {@code pattern}, without compiling it, which may take long. */
    private record RegexFormat() implements Format {
        @Override
        public String getName() {
            return "regex";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return RegexSyntax.mistakeIn(value).isEmpty();
        }
    }

    private static Dialect ofLibrary(Draft draft) {
        return switch (draft) {
            case DRAFT_04 -> Dialects.getDraft4();
            case DRAFT_06 -> Dialects.getDraft6();
            case DRAFT_07 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
        };
    }

    /** {@code format}, paid for by the length of the text. */
    private static final class PaidFormats extends FormatKeyword {
        PaidFormats(Map<String, Format> formats) {
            super(formats);
        }

        @Override
        public @Nullable KeywordValidator newValidator(
                SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            return PaidKeyword.paid(super.newValidator(place, value, schema, context), value, PaidKeyword.Price.TEXT);
        }
    }
}
