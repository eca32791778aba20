package io.llmschema.benchmarks.dictionary;

import io.llmschema.benchmarks.dictionary.JsonLayout.Literal;
import io.llmschema.benchmarks.dictionary.Words.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Avro records as they are usually written: optional fields with their default null, logical types, enumerations, records in records. */
final class AvroSamples {
    private static final int MAX_DEPTH = 2;
    private static final int DECIMAL_PRECISION = 10;
    private static final int DECIMAL_SCALE = 2;
    private static final int HASH_BYTES = 16;

    private final Words words;

    AvroSamples(Words words) {
        this.words = words;
    }

    /** A record in a namespace. */
    String sample() {
        String indent = words.any("  ", "  ", "  ", "    ", "    ", "\t", "");
        JsonLayout layout = new JsonLayout(
                indent, indent.isEmpty() ? words.any(":", ": ") : ": ", words.isOneIn(2), words.isOneIn(3), false);
        Map<String, Object> head = new LinkedHashMap<>();
        Map<String, Object> tree = record(words.any(Case.SNAKE, Case.CAMEL), 0, head);
        return layout.write(tree) + words.any("", "\n");
    }

    private Map<String, Object> record(Case names, int depth, Map<String, Object> record) {
        String thing = words.thing();
        String name = words.any(Case.PASCAL, Case.PASCAL, Case.SNAKE)
                .of(thing + words.any("", " event", " " + words.field()));
        String namespace = words.any("com", "org", "io") + ".example."
                + words.any("schema", "events", "avro", thing.replace(' ', '.'));
        record.put("type", "record");
        record.put("name", name);
        if (depth == 0 || words.isOneIn(4)) {
            record.put("namespace", namespace);
        }
        if (words.below(3) > 0) {
            record.put("doc", words.sentence(words.field()));
        }
        if (words.isOneIn(12)) {
            record.put("aliases", List.of(Case.PASCAL.of(words.thing())));
        }
        List<Object> fields = new ArrayList<>();
        for (String field : words.fields(words.between(2, depth == 0 ? 14 : 5))) {
            fields.add(field(field, names, depth));
        }
        record.put("fields", fields);
        return record;
    }

    private Map<String, Object> field(String name, Case names, int depth) {
        Map<String, Object> field = new LinkedHashMap<>();
        boolean docFirst = words.isOneIn(4);
        String doc = Words.capital(words.sentence(name));
        field.put("name", names.of(name));
        if (docFirst) {
            field.put("doc", doc);
        }
        if (words.isOneIn(2)) {
            field.put("type", List.of("null", type(name, names, depth)));
            field.put("default", Literal.NULL);
        } else {
            Object type = type(name, names, depth);
            field.put("type", type);
            if (type instanceof String && words.isOneIn(6)) {
                field.put("default", type.equals("string") ? "" : type.equals("boolean") ? (Object) false : (Object) 0);
            }
        }
        if (!docFirst && words.below(4) > 0) {
            field.put("doc", doc);
        }
        if (words.isOneIn(20)) {
            field.put("aliases", List.of(names.of(words.field())));
        }
        return field;
    }

    private Object type(String field, Case names, int depth) {
        return switch (words.below(depth < MAX_DEPTH ? 22 : 19)) {
            case 0, 1 -> "int";
            case 2 -> "long";
            case 3, 4 -> "double";
            case 5, 6 -> "float";
            case 7 -> "boolean";
            case 8 -> "bytes";
            case 9, 10 -> logical("long", words.any("timestamp-millis", "timestamp-millis", "timestamp-micros"));
            case 11 -> logical("int", words.any("date", "date", "time-millis"));
            case 12 -> {
                Map<String, Object> decimal = logical("bytes", "decimal");
                decimal.put("precision", DECIMAL_PRECISION);
                decimal.put("scale", DECIMAL_SCALE);
                yield decimal;
            }
            case 13 -> logical("string", "uuid");
            case 14 -> {
                Map<String, Object> type = new LinkedHashMap<>();
                type.put("type", "enum");
                type.put("name", Case.PASCAL.of(field));
                type.put(
                        "symbols",
                        words.values(words.between(2, 5)).stream()
                                .map(Case.UPPER::of)
                                .toList());
                yield type;
            }
            case 15 -> collection("array", "items", words.any("string", "string", "int", "double"));
            case 16 -> collection("map", "values", words.any("string", "string", "long"));
            case 17 -> {
                Map<String, Object> type = new LinkedHashMap<>();
                type.put("type", "fixed");
                type.put("name", Case.PASCAL.of(field));
                type.put("size", HASH_BYTES);
                yield type;
            }
            case 19, 20 -> record(names, depth + 1, new LinkedHashMap<>());
            case 21 -> collection("array", "items", record(names, depth + 1, new LinkedHashMap<>()));
            default -> "string";
        };
    }

    private static Map<String, Object> logical(String type, String logicalType) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        tree.put("logicalType", logicalType);
        return tree;
    }

    private static Map<String, Object> collection(String type, String name, Object element) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        tree.put(name, element);
        return tree;
    }
}
