package io.llmschema.benchmarks;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Writes schemas such as people write, of about a given size, from a fixed seed. */
final class Generator {
    private static final long SEED = 20_261_123;
    private static final int DESCRIPTION_WORDS = 8;
    private static final int FIELDS_OF_A_RECORD = 6;

    private static final List<String> WORDS =
            List.of(("order customer amount currency address street city delivery payment status "
                            + "created updated reference product quantity price discount language message channel")
                    .split(" "));

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final StringBuilder text = new StringBuilder();

    private Generator() {}

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private String name(int number) {
        String second = word();
        return word() + Character.toUpperCase(second.charAt(0)) + second.substring(1) + number;
    }

    private String sentence() {
        StringBuilder sentence = new StringBuilder("The");
        for (int i = 0; i < DESCRIPTION_WORDS; i++) {
            sentence.append(' ').append(word());
        }
        return sentence.append('.').toString();
    }

    /** A JSON Schema of draft 2020-12 with definitions, references to them, enumerations, bounds and patterns. */
    static String jsonSchema(int size) {
        Generator generator = new Generator();
        generator.writeJsonSchema(size);
        return generator.text.toString();
    }

    /** A JSON Schema of draft 2020-12 with so many properties, all of them texts with a description. */
    static String jsonSchemaOfStrings(int number) {
        Generator generator = new Generator();
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < number; i++) {
            properties
                    .append(i == 0 ? "" : ",")
                    .append("\n    \"")
                    .append(generator.name(i))
                    .append("\": {\"type\": \"string\", \"description\": \"")
                    .append(generator.sentence())
                    .append("\"}");
        }
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "Example",
                  "type": "object",
                  "properties": {%s
                  }
                }
                """.formatted(properties);
    }

    private void writeJsonSchema(int size) {
        text.append("""
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "Example",
                  "type": "object",
                  "$defs": {
                    "money": {
                      "type": "object",
                      "properties": {"amount": {"type": "number", "minimum": 0.5}, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}},
                      "required": ["amount", "currency"]
                    }
                  },
                  "properties": {""");
        String separator = "\n";
        for (int i = 0; text.length() < size; i++) {
            text.append(separator)
                    .append("    \"")
                    .append(name(i))
                    .append("\": ")
                    .append(jsonProperty());
            separator = ",\n";
        }
        text.append("\n  }\n}\n");
    }

    private String jsonProperty() {
        return switch (random.nextInt(5)) {
            case 0 -> "{\"$ref\": \"#/$defs/money\"}";
            case 1 ->
                "{\"enum\": [\"%s\", \"%s-b\", null], \"description\": \"%s\"}".formatted(word(), word(), sentence());
            case 2 -> "{\"type\": \"integer\", \"minimum\": %d, \"maximum\": 1e6}".formatted(random.nextInt(100));
            case 3 ->
                "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"maxLength\": %d}, \"uniqueItems\": true}"
                        .formatted(random.nextInt(1, 1_000));
            default ->
                "{\"type\": \"string\", \"description\": \"%s\", \"format\": \"date-time\"}".formatted(sentence());
        };
    }

    /** An Avro record of records, with unions, defaults and logical types. */
    static String avro(int size) {
        Generator generator = new Generator();
        generator.writeAvro(size);
        return generator.text.toString();
    }

    private void writeAvro(int size) {
        text.append(
                "{\"type\": \"record\", \"name\": \"Example\", \"namespace\": \"io.llmschema.example\", \"fields\": [");
        String separator = "\n";
        for (int i = 0; text.length() < size; i++) {
            text.append(separator)
                    .append("  {\"name\": \"")
                    .append(name(i))
                    .append("\", ")
                    .append(avroField(i))
                    .append('}');
            separator = ",\n";
        }
        text.append("\n]}\n");
    }

    private String avroField(int number) {
        return switch (random.nextInt(4)) {
            case 0 -> "\"type\": [\"null\", \"string\"], \"default\": null, \"doc\": \"%s\"".formatted(sentence());
            case 1 -> "\"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
            case 2 ->
                "\"type\": {\"type\": \"enum\", \"name\": \"E%d\", \"symbols\": [\"A\", \"B\", \"C\"]}, \"default\": \"A\""
                        .formatted(number);
            default ->
                "\"type\": {\"type\": \"record\", \"name\": \"R%d\", \"fields\": [{\"name\": \"%s\", \"type\": \"double\"}]}"
                        .formatted(number, word());
        };
    }

    /** A Protobuf file of proto3 messages that use each other, with comments, enumerations, maps and oneofs. */
    static String protobuf(int size) {
        Generator generator = new Generator();
        generator.writeProtobuf(size);
        return generator.text.toString();
    }

    private void writeProtobuf(int size) {
        text.append(
                "syntax = \"proto3\";\npackage io.llmschema.example;\n\nenum Kind {\n  KIND_UNSPECIFIED = 0;\n  KIND_ONE = 1;\n}\n");
        for (int message = 0; text.length() < size; message++) {
            text.append("\n// ")
                    .append(sentence())
                    .append("\nmessage M")
                    .append(message)
                    .append(" {\n");
            for (int field = 1; field <= FIELDS_OF_A_RECORD; field++) {
                text.append("  ")
                        .append(protobufType(message))
                        .append(" f")
                        .append(field)
                        .append('_')
                        .append(word());
                text.append(" = ").append(field).append(";\n");
            }
            text.append("  oneof choice {\n    string left = 14;\n    bytes right = 15;\n  }\n}\n");
        }
    }

    private String protobufType(int message) {
        return switch (random.nextInt(5)) {
            case 0 -> "string";
            case 1 -> "repeated int64";
            case 2 -> "map<string, double>";
            case 3 -> "Kind";
            default -> "M" + random.nextInt(message + 1);
        };
    }
}
