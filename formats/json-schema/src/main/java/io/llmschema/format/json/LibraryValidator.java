package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.llmschema.format.ReferencedSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The validator library with one schema: what has the last word on whether an instance is accepted. */
final class LibraryValidator {
    /** What a document without an identifier is called, so that names in it can be resolved; no document can be fetched from there. */
    private static final String NAMELESS = "https://schema.invalid/schema";

    private static final Map<Draft, Dialect> DIALECTS =
            Arrays.stream(Draft.values()).collect(Collectors.toMap(draft -> draft, LibraryValidator::withoutWarnings));

    private final Schema schema;

    private LibraryValidator(Schema schema) {
        this.schema = schema;
    }

    /**
     * @param references as {@link io.llmschema.format.SchemaFormat#parse} takes them
     * @throws TooHard the library cannot read it
     */
    static LibraryValidator of(JsonNode root, Draft draft, List<ReferencedSchema> references) {
        Map<String, String> others = new HashMap<>();
        String base = base(root, draft);
        for (ReferencedSchema reference : references) {
            String name = UriReference.withoutFragment(reference.name());
            others.put(
                    UriReference.of(base).resolve(UriReference.of(name)).toString(),
                    reference.content().text());
            others.putIfAbsent(name, reference.content().text());
        }
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .preloadSchema(false)
                .regularExpressionFactory(text -> {
                    NamePattern pattern = new NamePattern(text);
                    return pattern::isFoundIn;
                })
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                dialect(draft), builder -> builder.schemas(others).schemaRegistryConfig(config));
        try {
            return new LibraryValidator(registry.getSchema(SchemaLocation.of(base), withKnownDialect(root, draft)));
        } catch (RuntimeException e) {
            throw new TooHard("the validator does not read the schema: " + e.getMessage());
        }
    }

    private static String base(JsonNode root, Draft draft) {
        String id = root.path(draft.idKeyword()).asString("");
        return UriReference.of(NAMELESS)
                .resolve(UriReference.of(UriReference.withoutFragment(id)))
                .toString();
    }

    /** A dialect that the library does not know is read as the draft that {@link SchemaDocument} took it for. */
    private static JsonNode withKnownDialect(JsonNode root, Draft draft) {
        if (!(root instanceof ObjectNode schema) || !schema.has("$schema")) {
            return root;
        }
        ObjectNode copy = schema.objectNode();
        copy.setAll(schema);
        copy.put("$schema", dialect(draft).getId());
        return copy;
    }

    private static Dialect dialect(Draft draft) {
        Dialect dialect = DIALECTS.get(draft);
        if (dialect == null) {
            throw new IllegalStateException("there is one for every draft, " + draft);
        }
        return dialect;
    }

    /** The library warns in the log of every word that a draft does not know; people's schemas are full of them. */
    private static Dialect withoutWarnings(Draft draft) {
        Dialect dialect = switch (draft) {
            case DRAFT_04 -> Dialects.getDraft4();
            case DRAFT_06 -> Dialects.getDraft6();
            case DRAFT_07 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
        };
        return Dialect.builder(dialect)
                .unknownKeywordFactory((word, _) -> new NonValidationKeyword(word))
                .build();
    }

    /**
     * What is wrong with an instance; nothing if it is accepted.
     *
     * @throws TooHard the library cannot say
     */
    List<Error> errors(String instance) {
        try {
            return schema.validate(instance, InputFormat.JSON);
        } catch (TooHard e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // The library's exceptions are of many kinds: references that it does not find, expressions that it does
            // not
            // read.
            throw new TooHard("the validator gave up: " + e.getMessage());
        }
    }
}
