package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.Pointer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Holds the values of keywords against their {@link Shape}. What is inside subschemas is looked at when they are walked. */
final class ShapeCheck {
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "null", "number", "object", "string");

    /** What either draft allows: 2019-09 has the colon, 2020-12 the underscore at the start. */
    private static final Pattern ANCHOR = Pattern.compile("[A-Za-z_][-A-Za-z0-9.:_]*");

    private final Report report;

    ShapeCheck(Report report) {
        this.report = report;
    }

    void check(String keyword, Shape shape, JsonNode value, Pointer at) {
        switch (shape) {
            // A single schema says itself what is wrong with it.
            case SCHEMA -> {}
            case BOOLEAN_OR_SCHEMA ->
                expect(value.isBoolean() || value.isObject(), keyword, "a boolean or a schema", value, at);
            case SCHEMA_OR_SCHEMAS -> {
                if (value.isArray()) {
                    nonEmpty(keyword, value, at);
                }
            }
            case SCHEMAS -> {
                if (expect(value.isArray(), keyword, "an array of schemas", value, at)) {
                    nonEmpty(keyword, value, at);
                }
            }
            case SCHEMAS_BY_NAME -> expect(value.isObject(), keyword, "an object whose values are schemas", value, at);
            case SCHEMAS_BY_PATTERN -> patterns(keyword, value, at);
            case SCHEMAS_OR_NAMES_BY_NAME, SCHEMAS_OR_SOME_NAMES_BY_NAME -> schemasOrNames(keyword, shape, value, at);
            case NAMES -> names(keyword, value, at);
            case SOME_NAMES -> {
                if (names(keyword, value, at)) {
                    nonEmpty(keyword, value, at);
                }
            }
            case NAMES_BY_NAME -> namesByName(keyword, value, at);
            case TYPES -> types(keyword, value, at);
            case VALUES -> expect(value.isArray(), keyword, "an array", value, at);
            case SOME_DISTINCT_VALUES -> distinctValues(keyword, value, at);
            case STRING -> expect(value.isString(), keyword, "a string", value, at);
            case URI_WITHOUT_FRAGMENT -> uriWithoutFragment(keyword, value, at);
            case ANCHOR -> anchor(keyword, value, at);
            case REGEX -> {
                if (expect(value.isString(), keyword, "a string", value, at)) {
                    regex(value.stringValue(), at);
                }
            }
            case BOOLEAN -> expect(value.isBoolean(), keyword, "a boolean", value, at);
            case NUMBER -> expect(value.isNumber(), keyword, "a number", value, at);
            case POSITIVE_NUMBER -> positive(keyword, value, at);
            case COUNT -> count(keyword, value, at);
            case VOCABULARIES -> vocabularies(keyword, value, at);
        }
    }

    private boolean expect(boolean holds, String keyword, String what, JsonNode value, Pointer at) {
        if (!holds) {
            report.add(at, "'" + keyword + "' is " + what + ", not " + describe(value));
        }
        return holds;
    }

    static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no value of a text: " + value.getNodeType());
        };
    }

    private void nonEmpty(String keyword, JsonNode value, Pointer at) {
        if (value.isEmpty()) {
            report.add(at, "'" + keyword + "' has at least one element");
        }
    }

    private void patterns(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isObject(), keyword, "an object whose values are schemas", value, at)) {
            value.propertyNames().forEach(pattern -> regex(pattern, at.child(pattern)));
        }
    }

    private void regex(String pattern, Pointer at) {
        RegexSyntax.mistakeIn(pattern)
                .ifPresent(mistake -> report.add(at, Report.quote(pattern) + " is no regular expression: " + mistake));
    }

    private void schemasOrNames(String keyword, Shape shape, JsonNode value, Pointer at) {
        if (expect(value.isObject(), keyword, "an object whose values are schemas or arrays of names", value, at)) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                if (entry.getValue().isArray()) {
                    names(keyword, entry.getValue(), at.child(entry.getKey()));
                    if (shape == Shape.SCHEMAS_OR_SOME_NAMES_BY_NAME) {
                        nonEmpty(keyword, entry.getValue(), at.child(entry.getKey()));
                    }
                }
            }
        }
    }

    private void namesByName(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isObject(), keyword, "an object whose values are arrays of names", value, at)) {
            value.properties().forEach(entry -> names(keyword, entry.getValue(), at.child(entry.getKey())));
        }
    }

    private boolean names(String keyword, JsonNode value, Pointer at) {
        if (!expect(value.isArray(), keyword, "an array of names", value, at)) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode name = value.get(i);
            if (!name.isString()) {
                report.add(at.child(i), "an element of '" + keyword + "' is a string, not " + describe(name));
            } else if (!seen.add(name.stringValue())) {
                report.add(at.child(i), "'" + keyword + "' has " + Report.quote(name.stringValue()) + " twice");
            }
        }
        return true;
    }

    private void types(String keyword, JsonNode value, Pointer at) {
        if (value.isArray() && names(keyword, value, at)) {
            nonEmpty(keyword, value, at);
            for (int i = 0; i < value.size(); i++) {
                type(value.get(i), at.child(i));
            }
        } else if (expect(value.isString(), keyword, "a string or an array of strings", value, at)) {
            type(value, at);
        }
    }

    private void type(JsonNode name, Pointer at) {
        if (name.isString() && !TYPES.contains(name.stringValue())) {
            List<String> sorted = TYPES.stream().sorted().toList();
            report.add(
                    at, Report.quote(name.stringValue()) + " is no type; the types are " + String.join(", ", sorted));
        }
    }

    private void distinctValues(String keyword, JsonNode value, Pointer at) {
        if (!expect(value.isArray(), keyword, "an array", value, at)) {
            return;
        }
        nonEmpty(keyword, value, at);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            String spelling = CanonicalJson.sorted(value.get(i));
            if (!seen.add(spelling)) {
                report.add(at.child(i), "'" + keyword + "' has " + Report.quote(spelling) + " twice");
            }
        }
    }

    private void uriWithoutFragment(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isString(), keyword, "a string", value, at)) {
            int fragment = value.stringValue().indexOf('#');
            if (fragment >= 0 && fragment < value.stringValue().length() - 1) {
                report.add(at, "'" + keyword + "' has no fragment in this draft; '$anchor' names a part of a document");
            }
        }
    }

    private void anchor(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isString(), keyword, "a string", value, at)
                && !ANCHOR.matcher(value.stringValue()).matches()) {
            report.add(
                    at,
                    "'" + keyword + "' is a letter and then letters, digits, '-', '.' and '_', not "
                            + Report.quote(value.stringValue()));
        }
    }

    private void positive(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isNumber(), keyword, "a number", value, at)
                && value.decimalValue().signum() <= 0) {
            report.add(at, "'" + keyword + "' is greater than 0");
        }
    }

    private void count(String keyword, JsonNode value, Pointer at) {
        if (!expect(value.isNumber(), keyword, "a whole number", value, at)) {
            return;
        }
        // Without zeros at the end a whole number has no digits behind the point; nothing is written out.
        if (value.decimalValue().stripTrailingZeros().scale() > 0) {
            report.add(at, "'" + keyword + "' is a whole number");
        } else if (value.decimalValue().signum() < 0) {
            report.add(at, "'" + keyword + "' is not negative");
        }
    }

    private void vocabularies(String keyword, JsonNode value, Pointer at) {
        if (expect(value.isObject(), keyword, "an object whose values are booleans", value, at)) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                expect(
                        entry.getValue().isBoolean(),
                        entry.getKey(),
                        "a boolean",
                        entry.getValue(),
                        at.child(entry.getKey()));
            }
        }
    }
}
