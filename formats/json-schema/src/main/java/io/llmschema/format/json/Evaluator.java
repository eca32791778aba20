package io.llmschema.format.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says whether a schema accepts a value: a validator without messages, for the small values by which schemas are compared.
 *
 * <p>What is shown to people was confirmed by the validator library as well.
 */
final class Evaluator {
    /** References that are followed without a step into the value: more are a circle. */
    private static final int MAX_DEPTH = 500;

    private final Effort effort;
    private int depth;

    Evaluator(Effort effort) {
        this.effort = effort;
    }

    /** @throws TooHard it cannot be said */
    boolean accepts(SchemaNode schema, JsonNode value) {
        effort.step();
        if (schema.isFalse) {
            return false;
        }
        if (++depth > MAX_DEPTH) {
            depth = 0;
            throw new TooHard("the schema is too deep");
        }
        for (Keyword keyword : schema.keywords) {
            if (!accepts(schema, keyword, value)) {
                depth--;
                return false;
            }
        }
        depth--;
        return true;
    }

    boolean acceptsAll(Iterable<SchemaNode> schemas, JsonNode value) {
        for (SchemaNode schema : schemas) {
            if (!accepts(schema, value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether one condition of the schema is met. */
    boolean accepts(SchemaNode schema, Keyword keyword, JsonNode value) {
        return switch (keyword) {
            case TYPE -> schema.kinds.contains(JsonKind.of(value));
            case VALUES -> isOneOf(schema.values, value);
            case MINIMUM, MAXIMUM, MULTIPLE_OF ->
                !value.isNumber() || acceptsNumber(schema, keyword, value.decimalValue());
            case MIN_LENGTH, MAX_LENGTH, PATTERN, FORMAT ->
                !value.isString() || acceptsText(schema, keyword, value.stringValue());
            case ITEMS, MIN_ITEMS, MAX_ITEMS, UNIQUE_ITEMS, CONTAINS, UNEVALUATED_ITEMS ->
                !value.isArray() || acceptsArray(schema, keyword, value);
            case MEMBERS,
                    REQUIRED,
                    MIN_PROPERTIES,
                    MAX_PROPERTIES,
                    PROPERTY_NAMES,
                    DEPENDENT_REQUIRED,
                    DEPENDENT_SCHEMAS,
                    UNEVALUATED_PROPERTIES -> !value.isObject() || acceptsObject(schema, keyword, value);
            case REF -> schema.ref == null || accepts(schema.ref, value);
            case ALL_OF -> acceptsAll(schema.allOf, value);
            case ANY_OF -> count(schema.anyOf, value, 1) >= 1;
            case ONE_OF -> count(schema.oneOf, value, 2) == 1;
            case NOT -> schema.not == null || !accepts(schema.not, value);
            case CONDITIONAL -> acceptsConditionally(schema, value);
            case DYNAMIC -> throw new TooHard("a reference depends on how the schema is reached");
        };
    }

    private static boolean isOneOf(@Nullable List<JsonNode> values, JsonNode value) {
        return values == null || values.stream().anyMatch(one -> JsonValues.equal(one, value));
    }

    private int count(List<SchemaNode> schemas, JsonNode value, int enough) {
        int accepting = 0;
        for (SchemaNode schema : schemas) {
            if (accepting < enough && accepts(schema, value)) {
                accepting++;
            }
        }
        return accepting;
    }

    private boolean acceptsConditionally(SchemaNode schema, JsonNode value) {
        SchemaNode next = schema.condition != null && accepts(schema.condition, value) ? schema.then : schema.otherwise;
        return next == null || accepts(next, value);
    }

    private static boolean acceptsNumber(SchemaNode schema, Keyword keyword, BigDecimal number) {
        return switch (keyword) {
            case MINIMUM ->
                schema.minimum == null || number.compareTo(schema.minimum) > (schema.excludesMinimum ? 0 : -1);
            case MAXIMUM ->
                schema.maximum == null || number.compareTo(schema.maximum) < (schema.excludesMaximum ? 0 : 1);
            default -> schema.multipleOf == null || isMultiple(number, schema.multipleOf);
        };
    }

    /** @throws TooHard the numbers are too far apart to divide */
    static boolean isMultiple(BigDecimal number, BigDecimal of) {
        if (of.signum() == 0) {
            return true;
        }
        if (Math.abs((long) number.scale() - of.scale()) > 1_000) {
            throw new TooHard("the numbers are too large to divide");
        }
        return number.remainder(of).signum() == 0;
    }

    private static boolean acceptsText(SchemaNode schema, Keyword keyword, String text) {
        return switch (keyword) {
            case MIN_LENGTH -> text.codePointCount(0, text.length()) >= schema.minLength;
            case MAX_LENGTH -> text.codePointCount(0, text.length()) <= schema.maxLength;
            case PATTERN -> schema.pattern == null || schema.pattern.isFoundIn(text);
            default -> schema.format == null || Formats.accept(schema.format, text);
        };
    }

    private boolean acceptsArray(SchemaNode schema, Keyword keyword, JsonNode array) {
        return switch (keyword) {
            case ITEMS -> acceptsItems(schema, array);
            case MIN_ITEMS -> array.size() >= schema.minItems;
            case MAX_ITEMS -> array.size() <= schema.maxItems;
            case UNIQUE_ITEMS -> areDistinct(array);
            case CONTAINS -> acceptsContained(schema, array);
            default -> acceptsUnevaluatedItems(schema, array);
        };
    }

    private boolean acceptsItems(SchemaNode schema, JsonNode array) {
        for (int i = 0; i < array.size(); i++) {
            SchemaNode item = i < schema.prefixItems.size() ? schema.prefixItems.get(i) : schema.items;
            if (item != null && !accepts(item, array.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean areDistinct(JsonNode array) {
        for (int i = 0; i < array.size(); i++) {
            for (int j = 0; j < i; j++) {
                effort.step();
                if (JsonValues.equal(array.get(i), array.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean acceptsContained(SchemaNode schema, JsonNode array) {
        int found = 0;
        for (JsonNode item : array) {
            if (schema.contains == null || accepts(schema.contains, item)) {
                found++;
            }
        }
        return found >= schema.minContains && found <= schema.maxContains;
    }

    private boolean acceptsObject(SchemaNode schema, Keyword keyword, JsonNode object) {
        return switch (keyword) {
            case MEMBERS -> acceptsMembers(schema, object);
            case REQUIRED -> schema.required.stream().allMatch(object::has);
            case MIN_PROPERTIES -> object.size() >= schema.minProperties;
            case MAX_PROPERTIES -> object.size() <= schema.maxProperties;
            case PROPERTY_NAMES -> acceptsNames(schema, object);
            case DEPENDENT_REQUIRED ->
                schema.dependentRequired.entrySet().stream()
                        .allMatch(entry -> !object.has(entry.getKey())
                                || entry.getValue().stream().allMatch(object::has));
            case DEPENDENT_SCHEMAS ->
                schema.dependentSchemas.entrySet().stream()
                        .allMatch(entry -> !object.has(entry.getKey()) || accepts(entry.getValue(), object));
            default -> acceptsUnevaluatedProperties(schema, object);
        };
    }

    private boolean acceptsMembers(SchemaNode schema, JsonNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!acceptsAll(ofMember(schema, entry.getKey()), entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The schemas that a schema has for the member with that name. */
    static List<SchemaNode> ofMember(SchemaNode schema, String name) {
        List<SchemaNode> schemas = new ArrayList<>();
        SchemaNode named = schema.properties.get(name);
        if (named != null) {
            schemas.add(named);
        }
        for (SchemaNode.PatternMember member : schema.patternProperties) {
            if (member.pattern().isFoundIn(name)) {
                schemas.add(member.schema());
            }
        }
        if (schemas.isEmpty() && schema.additionalProperties != null) {
            schemas.add(schema.additionalProperties);
        }
        return schemas;
    }

    private boolean acceptsNames(SchemaNode schema, JsonNode object) {
        return schema.propertyNames == null
                || object.propertyNames().stream()
                        .allMatch(name -> accepts(schema.propertyNames, JsonNodeFactory.instance.stringNode(name)));
    }

    private boolean acceptsUnevaluatedProperties(SchemaNode schema, JsonNode object) {
        SchemaNode rest = schema.unevaluatedProperties;
        if (rest == null) {
            return true;
        }
        Set<String> evaluated = new HashSet<>();
        evaluatedNames(schema, object, evaluated, true);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!evaluated.contains(entry.getKey()) && !accepts(rest, entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Adds the members that a schema, which accepts the object, has looked at. */
    private void evaluatedNames(SchemaNode schema, JsonNode object, Set<String> names, boolean isAsking) {
        effort.step();
        boolean takesRest = schema.additionalProperties != null || (schema.unevaluatedProperties != null && !isAsking);
        for (String name : object.propertyNames()) {
            boolean isNamed = schema.properties.containsKey(name)
                    || schema.patternProperties.stream()
                            .anyMatch(member -> member.pattern().isFoundIn(name));
            if (isNamed || takesRest || schema.takesAllMembers) {
                names.add(name);
            }
        }
        for (SchemaNode inner : inPlace(schema, object)) {
            evaluatedNames(inner, object, names, false);
        }
    }

    /** The schemas of a schema that accept the value itself. */
    private List<SchemaNode> inPlace(SchemaNode schema, JsonNode value) {
        List<SchemaNode> inner = new ArrayList<>(schema.allOf);
        if (schema.ref != null) {
            inner.add(schema.ref);
        }
        inner.addAll(schema.anyOf);
        inner.addAll(schema.oneOf);
        schema.dependentSchemas.forEach((name, dependent) -> {
            if (value.has(name)) {
                inner.add(dependent);
            }
        });
        if (schema.condition != null) {
            boolean isMet = accepts(schema.condition, value);
            SchemaNode next = isMet ? schema.then : schema.otherwise;
            if (isMet) {
                inner.add(schema.condition);
            }
            if (next != null) {
                inner.add(next);
            }
        }
        return inner.stream().filter(one -> accepts(one, value)).toList();
    }

    private boolean acceptsUnevaluatedItems(SchemaNode schema, JsonNode array) {
        SchemaNode rest = schema.unevaluatedItems;
        if (rest == null) {
            return true;
        }
        boolean[] evaluated = new boolean[array.size()];
        evaluatedItems(schema, array, evaluated, true);
        for (int i = 0; i < array.size(); i++) {
            if (!evaluated[i] && !accepts(rest, array.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void evaluatedItems(SchemaNode schema, JsonNode array, boolean[] evaluated, boolean isAsking) {
        effort.step();
        boolean takesRest =
                schema.items != null || schema.takesAllItems || (schema.unevaluatedItems != null && !isAsking);
        for (int i = 0; i < array.size(); i++) {
            evaluated[i] |= i < schema.prefixItems.size()
                    || takesRest
                    || (schema.contains != null && schema.containsEvaluates && accepts(schema.contains, array.get(i)));
        }
        for (SchemaNode inner : inPlace(schema, array)) {
            evaluatedItems(inner, array, evaluated, false);
        }
    }
}
