package io.llmschema.benchmarks.dictionary;

import io.llmschema.benchmarks.dictionary.JsonLayout.Literal;
import io.llmschema.benchmarks.dictionary.Words.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas as they are usually written: parameters of LLM tools, configuration files, events that describe themselves. */
final class JsonSchemaSamples {
    private static final int MAX_DEPTH = 3;

    private static final String[] DRAFTS = {
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2020-12/schema",
    };

    private static final String SELF_DESCRIBING =
            "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#";

    private static final String[] PATTERNS = {
        "^[a-z0-9-]+$",
        "^[a-zA-Z0-9_-]+$",
        "^[A-Za-z_][A-Za-z0-9_]*$",
        "^.+$",
        "^.*$",
        "^[a-z]+$",
        "^[A-Z]{2}$",
        "^[A-Z]{3}$",
        "^[0-9]+$",
        "^\\d{4}-\\d{2}-\\d{2}$",
        "^\\d+\\.\\d+\\.\\d+$",
        "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$",
        "^https?://",
        "^#[0-9a-fA-F]{6}$",
        "^x-",
        "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    };

    private static final String[] FORMATS = {
        "date-time",
        "date-time",
        "date",
        "time",
        "uri",
        "uri",
        "uri-reference",
        "email",
        "uuid",
        "ipv4",
        "ipv6",
        "hostname",
        "regex",
    };

    private static final Integer[] LENGTHS = {255, 255, 255, 128, 64, 36, 32, 16, 100, 500, 512, 1024, 2048, 4096, 65535
    };
    private static final Object[] MAXIMA = {
        2147483647, 2147483647, 9223372036854775807L, 32767, 65535, 65535, 255, 100, 1000, 1, 5, 10, 90, 180,
    };

    private final Words words;

    JsonSchemaSamples(Words words) {
        this.words = words;
    }

    private JsonLayout layout() {
        String indent = words.any("  ", "  ", "  ", "  ", "    ", "    ", "\t", "   ", "");
        if (indent.isEmpty()) {
            return new JsonLayout("", words.any(":", ": "), true, true, false);
        }
        boolean isTight = words.isOneIn(12);
        return new JsonLayout(indent, isTight ? ":" : ": ", words.below(3) > 0, words.isOneIn(4), false);
    }

    /** The parameters of a tool that a language model may call. */
    String tool() {
        String indent = words.any("  ", "  ", "  ", "", "    ");
        JsonLayout layout =
                new JsonLayout(indent, indent.isEmpty() ? ":" : ": ", words.isOneIn(4), false, words.below(3) > 0);
        return layout.write(toolObject(words.any(Case.SNAKE, Case.SNAKE, Case.SNAKE, Case.CAMEL), 0))
                + words.any("", "", "\n");
    }

    private Map<String, Object> toolObject(Case names, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (String field : words.fields(words.between(1, 5))) {
            properties.put(names.of(field), toolProperty(field, names, depth));
            if (words.below(3) > 0) {
                required.add(names.of(field));
            }
        }
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (words.isOneIn(10)) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private Map<String, Object> toolProperty(String field, Case names, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        int kind = words.below(depth < MAX_DEPTH ? 14 : 10);
        if (kind >= 12) {
            Map<String, Object> object = toolObject(names, depth + 1);
            object.put("description", words.sentence(field));
            return object;
        }
        switch (kind) {
            case 0, 1 -> schema.put("type", words.any("number", "integer"));
            case 2 -> schema.put("type", "boolean");
            case 3, 4 -> {
                schema.put("type", "string");
                schema.put("enum", words.values(words.between(2, 5)));
            }
            case 5 -> {
                schema.put("type", "string");
                schema.put("format", words.any("date", "date-time", "email", "uri"));
            }
            case 6 -> {
                schema.put("type", "array");
                schema.put("items", Map.of("type", words.any("string", "string", "number", "integer")));
            }
            case 10, 11 -> {
                schema.put("type", "array");
                schema.put("items", toolObject(names, depth + 1));
            }
            default -> schema.put("type", "string");
        }
        schema.put("description", words.sentence(field));
        return schema;
    }

    /** An event or entity that names its vendor, name and version in itself. */
    String selfDescribing() {
        Case names = words.any(Case.SNAKE, Case.CAMEL, Case.CAMEL);
        String thing = words.thing();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", SELF_DESCRIBING);
        schema.put("description", words.sentence(words.field()));
        Map<String, Object> self = new LinkedHashMap<>();
        self.put(
                "vendor",
                words.any("com.", "io.", "org.") + words.any("example", "acme") + words.any("", "", "." + thing));
        self.put(
                "name",
                words.any(thing, thing + "_" + words.value(), thing + "_context")
                        .replace(' ', '_'));
        self.put("format", "jsonschema");
        self.put("version", words.any("1-0-0", "1-0-0", "1-0-1", "2-0-0", "1-1-0"));
        schema.put("self", self);
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> fields = words.fields(words.between(3, 14));
        boolean isNullable = words.isOneIn(2);
        boolean isTypeFirst = words.isOneIn(2);
        for (String field : fields) {
            properties.put(names.of(field), selfDescribingProperty(field, isNullable, isTypeFirst));
        }
        schema.put("properties", properties);
        if (words.below(3) > 0) {
            schema.put(
                    "required",
                    fields.subList(0, words.between(1, 3)).stream()
                            .map(names::of)
                            .toList());
        }
        schema.put("additionalProperties", words.isOneIn(12));
        return layout().write(schema) + words.any("", "\n", "\n");
    }

    private Map<String, Object> selfDescribingProperty(String field, boolean isNullable, boolean isTypeFirst) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (!isTypeFirst && words.below(4) > 0) {
            schema.put("description", words.sentence(field));
        }
        switch (words.below(8)) {
            case 0, 1 -> {
                schema.put("type", type("integer", isNullable));
                schema.put("minimum", 0);
                schema.put("maximum", words.any(MAXIMA));
            }
            case 2 -> schema.put("type", type("boolean", isNullable));
            case 3 -> {
                schema.put("type", type("string", isNullable));
                schema.put("format", words.any(FORMATS));
            }
            case 4 -> {
                schema.put("type", type("string", isNullable));
                schema.put("enum", words.values(words.between(2, 4)));
            }
            case 5 -> {
                schema.put("type", type("number", isNullable));
                if (words.isOneIn(2)) {
                    schema.put("minimum", words.any(0, -90, -180, -2147483648));
                    schema.put("maximum", words.any(MAXIMA));
                }
            }
            default -> {
                schema.put("type", type("string", isNullable));
                schema.put("maxLength", words.any(LENGTHS));
                if (words.isOneIn(4)) {
                    schema.put("minLength", 1);
                }
            }
        }
        if (isTypeFirst && words.below(4) > 0) {
            schema.put("description", words.sentence(field));
        }
        return schema;
    }

    private Object type(String type, boolean isNullable) {
        return !isNullable
                ? type
                : words.any(List.of(type, "null"), List.of(type, "null"), List.of("null", type), type);
    }

    /** The schema of a configuration file, with definitions. */
    String configuration() {
        Case names = words.any(Case.CAMEL, Case.CAMEL, Case.SNAKE, Case.KEBAB);
        String draft = words.any(DRAFTS);
        String definitions = draft.contains("20") || words.isOneIn(6) ? "$defs" : "definitions";
        List<String> defined = words.fields(words.between(1, 4));
        String thing = words.thing();
        Map<String, Object> schema = new LinkedHashMap<>();
        if (words.below(6) > 0) {
            schema.put("$schema", draft);
        }
        if (words.below(3) > 0) {
            String id = draft.contains("draft-04") ? "id" : "$id";
            String host = words.any(
                    "https://json.schemastore.org/", "https://json.schemastore.org/", "https://example.com/schemas/");
            schema.put(id, host + Case.KEBAB.of(thing) + words.any(".json", ".json", ".schema.json", "-1.0.json"));
        }
        if (words.isOneIn(2)) {
            schema.put("$comment", "https://www.example.com/docs/" + Case.KEBAB.of(thing));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        for (String definition : defined) {
            body.put(names.of(definition), configurationNode(definition, names, definitions, defined, 1));
        }
        boolean definitionsFirst = words.isOneIn(2);
        if (definitionsFirst) {
            schema.put(definitions, body);
        }
        if (words.isOneIn(2)) {
            schema.put(
                    "title",
                    words.any("JSON schema for ", "", "")
                            + Words.capital(thing)
                            + words.any("", " configuration", " schema"));
            schema.put("description", words.sentence(words.field()));
        }
        schema.putAll(configurationObject(names, definitions, defined, 0));
        if (!definitionsFirst) {
            schema.put(definitions, body);
        }
        return layout().write(schema) + words.any("", "\n", "\n");
    }

    private Map<String, Object> configurationObject(Case names, String definitions, List<String> defined, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        List<String> fields = words.fields(words.between(2, 6));
        if (words.isOneIn(3)) {
            schema.put("additionalProperties", false);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String field : fields) {
            properties.put(names.of(field), configurationNode(field, names, definitions, defined, depth + 1));
        }
        List<String> required =
                fields.subList(0, words.between(1, 2)).stream().map(names::of).toList();
        boolean requiredFirst = words.isOneIn(4);
        if (requiredFirst) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        if (words.isOneIn(8)) {
            schema.put(
                    "patternProperties",
                    Map.of(
                            words.any(PATTERNS),
                            configurationNode(words.field(), names, definitions, defined, MAX_DEPTH)));
        }
        if (!requiredFirst && words.isOneIn(2)) {
            schema.put("required", required);
        }
        if (!schema.containsKey("additionalProperties") && words.isOneIn(2)) {
            schema.put("additionalProperties", words.any(false, false, true, Map.of("type", "string")));
        }
        if (words.isOneIn(12)) {
            conditional(schema, required, names);
        }
        return schema;
    }

    private void conditional(Map<String, Object> schema, List<String> required, Case names) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("properties", Map.of(required.getFirst(), Map.of("const", words.value())));
        condition.put("required", required);
        schema.put("if", condition);
        schema.put("then", Map.of("required", List.of(names.of(words.field()))));
        if (words.isOneIn(2)) {
            schema.put("else", Map.of("not", Map.of("required", List.of(names.of(words.field())))));
        }
    }

    private Map<String, Object> configurationNode(
            String field, Case names, String definitions, List<String> defined, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        boolean descriptionFirst = words.isOneIn(2);
        if (words.isOneIn(6)) {
            schema.put("title", Words.capital(field));
        }
        if (descriptionFirst) {
            schema.put("description", words.sentence(field));
        }
        Object reference = "#/" + definitions + "/" + names.of(words.any(defined.toArray(String[]::new)));
        switch (words.below(depth < MAX_DEPTH ? 16 : 13)) {
            case 0, 1 -> {
                schema.put("type", "boolean");
                if (words.isOneIn(2)) {
                    schema.put("default", words.any(true, false, false));
                }
            }
            case 2 -> {
                schema.put("type", words.any("integer", "number"));
                if (words.isOneIn(2)) {
                    schema.put("minimum", words.any(0, 1));
                }
                if (words.isOneIn(3)) {
                    schema.put("maximum", words.any(MAXIMA));
                }
                if (words.isOneIn(4)) {
                    schema.put("exclusiveMinimum", 0);
                }
                if (words.isOneIn(3)) {
                    schema.put("default", words.any(0, 1, 10, 100, 30));
                }
            }
            case 3, 4 -> {
                schema.put("type", "string");
                schema.put("enum", words.values(words.between(2, 6)));
                if (words.isOneIn(2)) {
                    schema.put("default", words.value());
                }
            }
            case 5 -> {
                schema.put("type", "string");
                schema.put("pattern", words.any(PATTERNS));
                if (words.isOneIn(3)) {
                    schema.put("examples", List.of(words.value(), words.value()));
                }
            }
            case 6 -> {
                schema.put("type", "string");
                schema.put("format", words.any(FORMATS));
            }
            case 7, 8 -> {
                schema.put("type", "array");
                if (words.isOneIn(3)) {
                    schema.put("minItems", 1);
                }
                if (words.isOneIn(3)) {
                    schema.put("uniqueItems", true);
                }
                schema.put(
                        "items",
                        words.any(Map.of("type", "string"), Map.of("type", "string"), Map.of("$ref", reference)));
                if (words.isOneIn(5)) {
                    schema.put("default", List.of());
                }
            }
            case 9 -> schema.put("$ref", reference);
            case 10 ->
                schema.put(
                        words.any("oneOf", "anyOf", "anyOf", "allOf"),
                        words.any(
                                List.of(Map.of("type", "string"), Map.of("$ref", reference)),
                                List.of(Map.of("$ref", reference), Map.of("type", "null")),
                                List.of(
                                        Map.of("type", "string"),
                                        ordered("type", "array", "items", Map.of("type", "string"))),
                                List.of(Map.of("type", "boolean"), Map.of("type", "string")),
                                List.of(Map.of("$ref", reference))));
            case 11 -> {
                schema.put(
                        "type",
                        words.any(
                                List.of("string", "null"), List.of("string", "number"), List.of("boolean", "string")));
                if (words.isOneIn(2)) {
                    schema.put("default", words.any(Literal.NULL, ""));
                }
            }
            case 13, 14 -> schema.putAll(configurationObject(names, definitions, defined, depth));
            case 15 -> {
                schema.put("type", "object");
                schema.put("additionalProperties", words.any(Map.of("type", "string"), Map.of("$ref", reference)));
            }
            default -> {
                schema.put("type", "string");
                if (words.isOneIn(3)) {
                    schema.put("default", words.any("", words.value()));
                }
                if (words.isOneIn(4)) {
                    schema.put("minLength", 1);
                }
            }
        }
        if (!descriptionFirst && words.isOneIn(2)) {
            schema.put("description", words.sentence(field));
        }
        return schema;
    }

    private static Map<String, Object> ordered(String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        return map;
    }
}
