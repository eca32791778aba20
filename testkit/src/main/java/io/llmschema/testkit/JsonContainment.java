package io.llmschema.testkit;

import java.util.function.BiPredicate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether one JSON text contains another in the sense of PostgreSQL's {@code jsonb @>}.
 *
 * <p>An object contains another whose members it all contains; an array contains another if each of that one's elements is contained
 * in one of its own, however often and in whatever order; scalars contain what equals them, and {@code 1} equals {@code 1.0}. Only
 * at the top may an array contain a bare scalar.
 */
public final class JsonContainment implements BiPredicate<String, String> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public boolean test(String whole, String part) {
        JsonNode container = JSON.readTree(whole);
        JsonNode contained = JSON.readTree(part);
        if (container.isArray() && contained.isValueNode()) {
            return hasElement(container, contained);
        }
        return contains(container, contained);
    }

    private static boolean contains(JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            return whole.isObject()
                    && part.properties().stream()
                            .allMatch(member -> whole.has(member.getKey())
                                    && contains(whole.get(member.getKey()), member.getValue()));
        }
        if (part.isArray()) {
            return whole.isArray() && part.values().stream().allMatch(element -> hasElement(whole, element));
        }
        if (part.isNumber()) {
            return whole.isNumber() && whole.decimalValue().compareTo(part.decimalValue()) == 0;
        }
        return whole.equals(part);
    }

    private static boolean hasElement(JsonNode array, JsonNode element) {
        return array.values().stream().anyMatch(candidate -> contains(candidate, element));
    }
}
