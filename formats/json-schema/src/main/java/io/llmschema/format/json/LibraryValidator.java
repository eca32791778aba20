package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.FailFastAssertionException;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.regex.RegularExpression;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The validator library with one schema: what has the last word on whether an instance is accepted. */
final class LibraryValidator {
    /** What a document without an identifier is called, so that names in it can be resolved; no document can be fetched from there. */
    static final String NAMELESS = "https://schema.invalid/schema";

    private final Schema schema;

    private LibraryValidator(Schema schema) {
        this.schema = schema;
    }

    /**
     * @param references as {@link SchemaFormat#parse} takes them
     * @throws TooHard the library cannot read it
     */
    static LibraryValidator of(JsonNode root, Draft draft, List<ReferencedSchema> references) {
        Map<String, String> others = new HashMap<>();
        String base = base(root, draft);
        for (ReferencedSchema reference : references) {
            String name = UriReference.withoutFragment(reference.name());
            String text = withKnownDialect(reference.content().text());
            others.put(UriReference.of(base).resolve(UriReference.of(name)).toString(), text);
            others.putIfAbsent(name, text);
        }
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .preloadSchema(false)
                .regularExpressionFactory(LibraryValidator::expression)
                .build();
        SchemaRegistry registry = SchemaRegistry.builder()
                .defaultDialectId(LibraryDialects.of(draft).getId())
                // A dialect that nobody knows, in a part of the schema, is read as the whole is.
                .dialectRegistry(new BasicDialectRegistry(
                        LibraryDialects.byName().andThen(known -> known.orElse(LibraryDialects.of(draft)))))
                .schemas(others)
                .schemaRegistryConfig(config)
                .build();
        try {
            return new LibraryValidator(registry.getSchema(SchemaLocation.of(base), withKnownDialect(root, draft)));
        } catch (RuntimeException | StackOverflowError e) {
            throw new TooHard("the validator does not read the schema: " + e.getMessage());
        }
    }

    /** What the library takes for the identifier of the schema as a whole. */
    static String base(JsonNode root, Draft draft) {
        String id = root.path(draft.idKeyword()).asString("");
        return UriReference.of(NAMELESS)
                .resolve(UriReference.of(UriReference.withoutFragment(id)))
                .toString();
    }

    private static RegularExpression expression(String text) {
        NamePattern pattern = new NamePattern(text);
        return where -> isFound(pattern, where);
    }

    private static boolean isFound(NamePattern pattern, String where) {
        try {
            return pattern.isFoundIn(where, Execution.CURRENT.get());
        } catch (TooHard e) {
            // The library writes other exceptions into the log, with the instance.
            throw new SchemaException(e);
        }
    }

    /** A dialect that the library does not know is read as the draft that {@link SchemaDocument} took it for. */
    private static JsonNode withKnownDialect(JsonNode root, Draft draft) {
        if (!(root instanceof ObjectNode schema)) {
            return root;
        }
        ObjectNode copy = schema.objectNode();
        copy.setAll(schema);
        copy.put("$schema", LibraryDialects.of(draft).getId());
        return copy;
    }

    private static String withKnownDialect(String text) {
        return JsonText.parse(text.replaceFirst("^" + SchemaText.BYTE_ORDER_MARK, ""), SchemaFormat.MAX_DEPTH)
                        instanceof JsonText.WellFormed(JsonNode root)
                ? withKnownDialect(root, SchemaDocument.read(root).root().draft())
                        .toString()
                : text;
    }

    /**
     * What is wrong with an instance; nothing if it is accepted.
     *
     * @throws TooHard the library cannot say
     */
    List<Error> errors(String instance) {
        Effort effort = Execution.deciding().effort();
        return asked(() ->
                ScopedValue.where(Execution.CURRENT, effort).call(() -> schema.validate(instance, InputFormat.JSON)));
    }

    /**
     * One thing that is wrong with an instance; absent if it is accepted.
     *
     * @throws TooHard the library cannot say within the bounds
     */
    Optional<Error> anyError(JsonNode instance) {
        Execution execution = Execution.deciding();
        return asked(() -> {
            try {
                run(execution, instance);
            } catch (FailFastAssertionException e) {
                return Optional.of(e.getError());
            }
            List<Error> errors = execution.getErrors();
            return errors.isEmpty() ? Optional.empty() : Optional.of(errors.getFirst());
        });
    }

    /** What is wrong with an instance, and whether there is more. */
    record Errors(List<Error> errors, boolean isCut) {}

    /**
     * What is wrong with an instance.
     *
     * @throws TooHard the library cannot say within the bounds
     */
    Errors allErrors(JsonNode instance) {
        Execution execution = Execution.explaining();
        return asked(() -> {
            run(execution, instance);
            return new Errors(execution.getErrors(), execution.isCut());
        });
    }

    private void run(Execution execution, JsonNode instance) {
        ScopedValue.where(Execution.CURRENT, execution.effort())
                .run(() -> schema.validate((ExecutionContext) execution, instance));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (TooHard e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            if (e.getCause() instanceof TooHard cause) {
                throw cause;
            }
            // The library's exceptions are of many kinds: references that it does not find, expressions that it does
            // not read.
            throw new TooHard("the validator gave up: " + e.getMessage());
        }
    }
}
