package io.llmschema.format.json;

/**
 * A condition that a schema makes, in the sense of the newest draft whatever draft it is written in.
 *
 * <p>{@link #rule} names the difference where a reader makes the condition and a writer's schema does not.
 */
enum Keyword {
    TYPE("type", "type-narrowed"),
    VALUES("enum", "values-narrowed"),
    MINIMUM("minimum", "minimum-raised"),
    MAXIMUM("maximum", "maximum-lowered"),
    MULTIPLE_OF("multipleOf", "multiple-of-changed"),
    MIN_LENGTH("minLength", "min-length-raised"),
    MAX_LENGTH("maxLength", "max-length-lowered"),
    PATTERN("pattern", "pattern-changed"),
    FORMAT("format", "format-changed"),
    ITEMS("items", "items-narrowed"),
    MIN_ITEMS("minItems", "min-items-raised"),
    MAX_ITEMS("maxItems", "max-items-lowered"),
    UNIQUE_ITEMS("uniqueItems", "unique-items-added"),
    CONTAINS("contains", "contains-narrowed"),
    UNEVALUATED_ITEMS("unevaluatedItems", "unevaluated-items-narrowed"),
    REQUIRED("required", "property-became-required"),
    MEMBERS("properties", "properties-narrowed"),
    MIN_PROPERTIES("minProperties", "min-properties-raised"),
    MAX_PROPERTIES("maxProperties", "max-properties-lowered"),
    PROPERTY_NAMES("propertyNames", "property-names-narrowed"),
    DEPENDENT_REQUIRED("dependentRequired", "dependent-required-added"),
    DEPENDENT_SCHEMAS("dependentSchemas", "dependent-schemas-narrowed"),
    UNEVALUATED_PROPERTIES("unevaluatedProperties", "unevaluated-properties-narrowed"),
    REF("$ref", "reference-narrowed"),
    ALL_OF("allOf", "all-of-narrowed"),
    ANY_OF("anyOf", "any-of-narrowed"),
    ONE_OF("oneOf", "one-of-narrowed"),
    NOT("not", "not-widened"),
    CONDITIONAL("if", "condition-narrowed"),
    /** What is given up on: references that depend on how a schema is reached. */
    DYNAMIC("$dynamicRef", "dynamic-reference");

    private final String word;
    private final String rule;

    Keyword(String word, String rule) {
        this.word = word;
        this.rule = rule;
    }

    /** As it is written in a schema. */
    String word() {
        return word;
    }

    String rule() {
        return rule;
    }
}
