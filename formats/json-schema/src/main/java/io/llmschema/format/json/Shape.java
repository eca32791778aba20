package io.llmschema.format.json;

/** What the value of a keyword looks like, as the metaschemas have it. A keyword whose value may be anything has none. */
enum Shape {
    SCHEMA,
    BOOLEAN_OR_SCHEMA,
    SCHEMA_OR_SCHEMAS,
    SCHEMAS,
    SCHEMAS_BY_NAME,
    SCHEMAS_BY_PATTERN,
    SCHEMAS_OR_NAMES_BY_NAME,
    SCHEMAS_OR_SOME_NAMES_BY_NAME,
    NAMES,
    SOME_NAMES,
    NAMES_BY_NAME,
    TYPES,
    VALUES,
    SOME_DISTINCT_VALUES,
    STRING,
    URI_WITHOUT_FRAGMENT,
    ANCHOR,
    REGEX,
    BOOLEAN,
    NUMBER,
    POSITIVE_NUMBER,
    COUNT,
    VOCABULARIES
}
