package io.llmschema.format.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A keyword of the library that is paid for by how much it goes through, for keywords whose cost is not bounded by the evaluations that they cause.
 *
 * @param of the library's
 * @param price what the cost depends on
 */
record PaidKeyword(Keyword of, Price price) implements Keyword {
    /** Characters that are gone through as fast as one step. */
    static final int CHARACTERS_PER_STEP = 8;

    /** What the cost of a keyword depends on. */
    enum Price {
        /** How many names its value in the schema has. */
        WIDTH,
        /** How many members or items the instance has. */
        MEMBERS,
        /** How many values the instance consists of. */
        VALUES,
        /** How long a text the instance is. */
        TEXT,
        /** In how many schemas it is. */
        DEPTH
    }

    /** Values are hashed, and kept in a set. */
    private static final int STEPS_PER_VALUE = 10;

    /** Names that make a keyword wide enough to be paid for. */
    private static final int WIDE = 32;

    /** The prices of the keywords that have one. */
    static final Map<String, Price> PRICES = Map.ofEntries(
            Map.entry("properties", Price.WIDTH),
            Map.entry("required", Price.WIDTH),
            Map.entry("dependencies", Price.MEMBERS),
            Map.entry("dependentRequired", Price.MEMBERS),
            Map.entry("dependentSchemas", Price.WIDTH),
            Map.entry("additionalProperties", Price.MEMBERS),
            Map.entry("unevaluatedProperties", Price.MEMBERS),
            Map.entry("unevaluatedItems", Price.MEMBERS),
            Map.entry("enum", Price.VALUES),
            Map.entry("const", Price.VALUES),
            Map.entry("uniqueItems", Price.VALUES),
            Map.entry("minLength", Price.TEXT),
            Map.entry("maxLength", Price.TEXT),
            Map.entry("contentEncoding", Price.TEXT),
            Map.entry("contentMediaType", Price.TEXT),
            Map.entry("$dynamicRef", Price.DEPTH),
            Map.entry("$recursiveRef", Price.DEPTH));

    @Override
    public String getValue() {
        return of.getValue();
    }

    @Override
    public @Nullable KeywordValidator newValidator(
            SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) throws Exception {
        return paid(of.newValidator(place, value, schema, context), value, price);
    }

    /** A validator that is paid for, unless it never costs much. */
    static @Nullable KeywordValidator paid(@Nullable KeywordValidator validator, JsonNode value, Price price) {
        boolean isCheap = price == Price.WIDTH && value.size() <= WIDE;
        return validator == null || isCheap
                ? validator
                : new Paid(validator, validator.getKeyword(), price, value.size());
    }

    private record Paid(KeywordValidator of, String keyword, Price price, int width) implements KeywordValidator {
        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            if (context instanceof Execution execution) {
                long cost = cost(execution, instance);
                if (cost > 0) {
                    execution.effort().step(cost);
                }
            }
            of.validate(context, instance, root, place);
        }

        private long cost(Execution execution, JsonNode instance) {
            return switch (price) {
                case WIDTH -> instance.isObject() ? width : 0;
                case MEMBERS -> instance.size();
                case VALUES -> instance.isContainer() ? values(instance) : 0;
                case TEXT -> instance.isString() ? instance.stringValue().length() / CHARACTERS_PER_STEP : 0;
                case DEPTH -> 10L * execution.getEvaluationSchema().size();
            };
        }

        /** Recursive, as the depth of documents is bounded. */
        private static long values(JsonNode container) {
            long values = STEPS_PER_VALUE;
            for (JsonNode value : container) {
                values += value.isContainer() ? values(value) : STEPS_PER_VALUE;
            }
            return values;
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return of.getSchemaLocation();
        }

        @Override
        public String getKeyword() {
            return keyword;
        }

        @Override
        public void preloadSchema() {
            of.preloadSchema();
        }
    }
}
