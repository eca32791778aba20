package io.llmschema.format.json;

import static io.llmschema.format.json.Shape.ANCHOR;
import static io.llmschema.format.json.Shape.BOOLEAN;
import static io.llmschema.format.json.Shape.BOOLEAN_OR_SCHEMA;
import static io.llmschema.format.json.Shape.COUNT;
import static io.llmschema.format.json.Shape.NAMES;
import static io.llmschema.format.json.Shape.NAMES_BY_NAME;
import static io.llmschema.format.json.Shape.NUMBER;
import static io.llmschema.format.json.Shape.POSITIVE_NUMBER;
import static io.llmschema.format.json.Shape.REGEX;
import static io.llmschema.format.json.Shape.SCHEMA;
import static io.llmschema.format.json.Shape.SCHEMAS;
import static io.llmschema.format.json.Shape.SCHEMAS_BY_NAME;
import static io.llmschema.format.json.Shape.SCHEMAS_BY_PATTERN;
import static io.llmschema.format.json.Shape.SCHEMAS_OR_NAMES_BY_NAME;
import static io.llmschema.format.json.Shape.SCHEMAS_OR_SOME_NAMES_BY_NAME;
import static io.llmschema.format.json.Shape.SCHEMA_OR_SCHEMAS;
import static io.llmschema.format.json.Shape.SOME_DISTINCT_VALUES;
import static io.llmschema.format.json.Shape.SOME_NAMES;
import static io.llmschema.format.json.Shape.STRING;
import static io.llmschema.format.json.Shape.TYPES;
import static io.llmschema.format.json.Shape.URI_WITHOUT_FRAGMENT;
import static io.llmschema.format.json.Shape.VALUES;
import static io.llmschema.format.json.Shape.VOCABULARIES;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The keywords of each draft and what their values look like.
 *
 * <p>This says in tables what the metaschemas say in JSON Schema. Checking by table is one pass without recursion into
 * {@code $dynamicRef}, tells one violation for one mistake, and needs no more memory than the schema; the tests hold the two against
 * each other.
 */
final class Keywords {
    private static final Map<Draft, Map<String, Shape>> TABLES = new EnumMap<>(Map.of(
            Draft.DRAFT_04, draft04(),
            Draft.DRAFT_06, draft06(),
            Draft.DRAFT_07, draft07(),
            Draft.DRAFT_2019_09, draft201909(),
            Draft.DRAFT_2020_12, draft202012()));

    private Keywords() {}

    /** The table of a draft. A keyword whose value may be anything is not in it, nor is a word that the draft does not know. */
    static Map<String, Shape> of(Draft draft) {
        return TABLES.getOrDefault(draft, Map.of());
    }

    private static Map<String, Shape> draft04() {
        Map<String, Shape> keywords = new HashMap<>();
        put(keywords, STRING, "id", "$schema", "title", "description", "format");
        put(keywords, REGEX, "pattern");
        put(keywords, BOOLEAN, "uniqueItems", "exclusiveMaximum", "exclusiveMinimum");
        put(keywords, NUMBER, "maximum", "minimum");
        put(keywords, POSITIVE_NUMBER, "multipleOf");
        put(keywords, COUNT, "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties");
        put(keywords, BOOLEAN_OR_SCHEMA, "additionalItems", "additionalProperties");
        put(keywords, SCHEMA_OR_SCHEMAS, "items");
        put(keywords, SCHEMAS_BY_NAME, "definitions", "properties");
        put(keywords, SCHEMAS_BY_PATTERN, "patternProperties");
        put(keywords, SCHEMAS_OR_SOME_NAMES_BY_NAME, "dependencies");
        put(keywords, SCHEMAS, "allOf", "anyOf", "oneOf");
        put(keywords, SCHEMA, "not");
        put(keywords, SOME_NAMES, "required");
        put(keywords, SOME_DISTINCT_VALUES, "enum");
        put(keywords, TYPES, "type");
        // The metaschema is silent, but the text of every draft says so.
        put(keywords, STRING, "$ref");
        return keywords;
    }

    private static Map<String, Shape> draft06() {
        Map<String, Shape> keywords = draft04();
        keywords.remove("id");
        put(keywords, STRING, "$id");
        put(keywords, NUMBER, "exclusiveMaximum", "exclusiveMinimum");
        put(keywords, SCHEMA, "additionalItems", "additionalProperties", "contains", "propertyNames");
        put(keywords, NAMES, "required");
        put(keywords, SCHEMAS_OR_NAMES_BY_NAME, "dependencies");
        put(keywords, VALUES, "examples");
        return keywords;
    }

    private static Map<String, Shape> draft07() {
        Map<String, Shape> keywords = draft06();
        put(keywords, STRING, "$comment", "contentMediaType", "contentEncoding");
        put(keywords, BOOLEAN, "readOnly", "writeOnly");
        put(keywords, SCHEMA, "if", "then", "else");
        // Empty and repeating enumerations are advised against since draft 06, and allowed by its metaschema since
        // draft 07.
        put(keywords, VALUES, "enum");
        return keywords;
    }

    private static Map<String, Shape> draft201909() {
        Map<String, Shape> keywords = draft07();
        put(keywords, URI_WITHOUT_FRAGMENT, "$id");
        put(keywords, ANCHOR, "$anchor");
        put(keywords, STRING, "$recursiveRef");
        put(keywords, BOOLEAN, "$recursiveAnchor", "deprecated");
        put(keywords, VOCABULARIES, "$vocabulary");
        put(keywords, SCHEMAS_BY_NAME, "$defs", "dependentSchemas");
        put(keywords, SCHEMA, "unevaluatedItems", "unevaluatedProperties", "contentSchema");
        put(keywords, NAMES_BY_NAME, "dependentRequired");
        put(keywords, COUNT, "maxContains", "minContains");
        return keywords;
    }

    private static Map<String, Shape> draft202012() {
        Map<String, Shape> keywords = draft201909();
        keywords.remove("additionalItems");
        put(keywords, ANCHOR, "$dynamicAnchor", "$recursiveAnchor");
        put(keywords, STRING, "$dynamicRef");
        put(keywords, SCHEMAS, "prefixItems");
        put(keywords, SCHEMA, "items");
        return keywords;
    }

    private static void put(Map<String, Shape> keywords, Shape shape, String... names) {
        for (String name : names) {
            keywords.put(name, shape);
        }
    }
}
