package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.model.SchemaContent;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defaults fit where the library finds that they do. The seed is given with {@code -Dseed}. */
class RandomDefaultsTest {
    private static final int SCHEMAS = 10_000;
    private static final int MIN_OF_A_KIND = 500;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AvroFormat format = new AvroFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomSchemas schemas = new RandomSchemas(random);

    @Test
    void parse_defaults_agreesWithTheLibrary() {
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            JsonNode schema = schemas.next();
            if (isAccepted(schema) && theLibraryAccepts(schema)) {
                addDefaults(schema);
                boolean isAccepted = isAccepted(schema);

                assertThat(isAccepted).as("seed %d: %s", seed, schema).isEqualTo(theLibraryAccepts(schema));
                accepted += isAccepted ? 1 : 0;
                refused += isAccepted ? 0 : 1;
            }
        }

        assertThat(accepted).as("seed %d", seed).isGreaterThan(MIN_OF_A_KIND);
        assertThat(refused).as("seed %d", seed).isGreaterThan(MIN_OF_A_KIND);
    }

    private boolean isAccepted(JsonNode schema) {
        return format.parse(SchemaContent.of(schema.toString()), List.of()) instanceof ParseOutcome.Parsed;
    }

    private static boolean theLibraryAccepts(JsonNode schema) {
        try {
            Schema _ = new Schema.Parser(NameValidator.STRICT_VALIDATOR)
                    .setValidateDefaults(true)
                    .parse(schema.toString());
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private void addDefaults(JsonNode schema) {
        int chance = random.nextInt(1, 6);
        for (JsonNode node : all(schema).toList()) {
            if (node instanceof ObjectNode field && isField(field) && random.nextInt(chance) == 0) {
                field.set("default", value(field.path("type")));
            }
        }
    }

    private static boolean isField(ObjectNode node) {
        return node.size() == 2 && node.has("name") && node.has("type");
    }

    /** Mostly one that fits. */
    private JsonNode value(JsonNode type) {
        if (random.nextInt(20) == 0) {
            return any();
        }
        if (type.isArray()) {
            return value(type.get(random.nextInt(type.size())));
        }
        String kind = type.isObject() ? type.path("type").stringValue("") : type.stringValue("");
        return switch (kind) {
            case "null" -> NODES.nullNode();
            case "boolean" -> NODES.booleanNode(true);
            case "int", "long" -> NODES.numberNode(random.nextInt());
            case "float", "double" -> NODES.numberNode(1.5);
            case "array" -> NODES.arrayNode().add(value(type.path("items")));
            case "map" -> NODES.objectNode().set("k", value(type.path("values")));
            case "record" -> record(type);
            default -> random.nextBoolean() ? NODES.stringNode("A") : NODES.objectNode();
        };
    }

    private ObjectNode record(JsonNode type) {
        ObjectNode record = NODES.objectNode();
        for (JsonNode field : type.path("fields")) {
            if (random.nextInt(3) > 0) {
                record.set(field.path("name").stringValue(""), value(field.path("type")));
            }
        }
        return record;
    }

    private JsonNode any() {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(3_000_000_000L);
            case 2 -> NODES.stringNode("x");
            case 3 -> NODES.objectNode();
            case 4 -> NODES.arrayNode();
            default -> NODES.numberNode(2.5);
        };
    }

    private static Stream<JsonNode> all(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(RandomDefaultsTest::all));
    }
}
