package io.llmschema.format.protobuf;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A text of random messages and enums, which can change a little at a time as schemas do. */
final class RandomSchema {
    private static final List<String> SCALARS = List.of(
            "int32",
            "int64",
            "uint32",
            "uint64",
            "sint32",
            "sint64",
            "fixed32",
            "fixed64",
            "sfixed32",
            "sfixed64",
            "bool",
            "float",
            "double",
            "string",
            "bytes");
    private static final List<String> WELL_KNOWN = List.of(
            "Timestamp",
            "Duration",
            "FieldMask",
            "Struct",
            "Value",
            "ListValue",
            "Int32Value",
            "Int64Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue",
            "DoubleValue",
            "FloatValue",
            "Empty");
    private static final List<String> KEYS = List.of("int32", "int64", "uint32", "sint64", "fixed32", "bool", "string");
    private static final List<String> MESSAGES = List.of("A", "B", "C");
    private static final List<String> ENUMS = List.of("E", "F");
    private static final List<String> SYNTAXES =
            List.of("syntax = \"proto2\";", "syntax = \"proto3\";", "edition = \"2023\";");

    private record Field(int number, String name, String label, String type, boolean isInOneof, String options) {
        Field withNumber(int changed) {
            return new Field(changed, name, label, type, isInOneof, options);
        }

        Field withName(String changed) {
            return new Field(number, changed, label, type, isInOneof, options);
        }

        Field withLabel(String changed) {
            return new Field(number, name, changed, type, false, "");
        }

        Field withType(String changed) {
            return new Field(number, name, label, changed, isInOneof, "");
        }

        Field moved() {
            return new Field(number, name, "", type, !isInOneof, "");
        }

        String text() {
            return label + " " + type + " " + name + " = " + number + options + ";";
        }
    }

    private record Value(String name, int number) {}

    private final Random random;
    private String syntax;
    private final List<List<Field>> messages = new ArrayList<>();
    private final List<List<Value>> enums = new ArrayList<>();

    private RandomSchema(Random random) {
        this.random = random;
        this.syntax = pick(SYNTAXES);
    }

    static RandomSchema of(Random random) {
        RandomSchema schema = new RandomSchema(random);
        MESSAGES.forEach(_ -> schema.messages.add(schema.fields()));
        ENUMS.forEach(name -> schema.enums.add(schema.values(name)));
        return schema;
    }

    /** Another one that has changed in some places. */
    RandomSchema changed() {
        RandomSchema copy = new RandomSchema(random);
        copy.syntax = random.nextInt(8) == 0 ? pick(SYNTAXES) : syntax;
        messages.forEach(fields -> copy.messages.add(new ArrayList<>(fields)));
        enums.forEach(values -> copy.enums.add(new ArrayList<>(values)));
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            copy.change();
        }
        return copy;
    }

    String text() {
        StringBuilder text = new StringBuilder(syntax).append('\n');
        for (String imported : List.of("timestamp", "duration", "field_mask", "struct", "wrappers", "empty")) {
            text.append("import \"google/protobuf/").append(imported).append(".proto\";\n");
        }
        for (int i = 0; i < messages.size(); i++) {
            text.append("message ").append(MESSAGES.get(i)).append(" {\n");
            messages.get(i).stream()
                    .filter(field -> !field.isInOneof)
                    .forEach(field -> text.append("  ").append(field.text()).append('\n'));
            if (messages.get(i).stream().anyMatch(Field::isInOneof)) {
                text.append("  oneof choice {\n");
                messages.get(i).stream()
                        .filter(Field::isInOneof)
                        .forEach(field ->
                                text.append("    ").append(field.text()).append('\n'));
                text.append("  }\n");
            }
            text.append("}\n");
        }
        for (int i = 0; i < enums.size(); i++) {
            text.append("enum ").append(ENUMS.get(i)).append(" {\n");
            enums.get(i)
                    .forEach(value -> text.append("  ")
                            .append(value.name)
                            .append(" = ")
                            .append(value.number)
                            .append(";\n"));
            text.append("}\n");
        }
        return text.toString();
    }

    private void change() {
        if (random.nextInt(4) == 0) {
            changeEnum(enums.get(random.nextInt(enums.size())));
        } else {
            changeMessage(messages.get(random.nextInt(messages.size())));
        }
    }

    private void changeEnum(List<Value> values) {
        if (values.isEmpty()) {
            return;
        }
        int at = random.nextInt(values.size());
        Value value = values.get(at);
        switch (random.nextInt(4)) {
            case 0 -> values.add(new Value(value.name + "N", 20 + random.nextInt(20)));
            case 1 -> values.remove(at);
            case 2 -> values.set(at, new Value(value.name + "R", value.number));
            default -> values.set(at, new Value(value.name, value.number + 1));
        }
    }

    private void changeMessage(List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(9)) {
            case 0 -> fields.remove(at);
            case 1 -> fields.add(field(30 + random.nextInt(5)));
            case 2 -> fields.set(at, field.withNumber(1 + random.nextInt(12)));
            case 3 -> fields.set(at, field.withName("f_" + random.nextInt(12)));
            case 4 -> fields.set(at, field.withLabel(label()));
            case 5, 6 -> fields.set(at, field.withType(type()));
            default -> fields.set(at, field.moved());
        }
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        int count = random.nextInt(6);
        for (int number = 1; number <= count; number++) {
            fields.add(field(number));
        }
        return fields;
    }

    private Field field(int number) {
        boolean isMap = random.nextInt(6) == 0;
        boolean isInOneof = !isMap && random.nextInt(5) == 0;
        String type = isMap ? "map<" + pick(KEYS) + ", " + type() + ">" : type();
        String label = isMap || isInOneof ? "" : label();
        return new Field(number, "f_" + number, label, type, isInOneof, options(label, type));
    }

    private String options(String label, String type) {
        boolean mayHaveDefault = label.equals("optional") && type.contains("int") && random.nextInt(3) == 0;
        return mayHaveDefault && !syntax.contains("proto3") ? " [default = 5]" : "";
    }

    private String label() {
        boolean isProto2 = syntax.contains("proto2");
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "repeated";
            case 3 -> isProto2 ? "required" : "";
            case 4, 5 -> syntax.contains("edition") ? "" : "optional";
            default -> isProto2 ? "optional" : "";
        };
    }

    private String type() {
        return switch (random.nextInt(10)) {
            case 0 -> pick(ENUMS);
            case 1, 2 -> pick(MESSAGES);
            case 3 -> "google.protobuf." + pick(WELL_KNOWN);
            default -> pick(SCALARS);
        };
    }

    private List<Value> values(String name) {
        List<Value> values = new ArrayList<>();
        values.add(new Value(name + "_ZERO", 0));
        int count = random.nextInt(4);
        for (int i = 1; i <= count; i++) {
            values.add(new Value(name + "_" + i, random.nextInt(5) == 0 ? -i : i));
        }
        return values;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
