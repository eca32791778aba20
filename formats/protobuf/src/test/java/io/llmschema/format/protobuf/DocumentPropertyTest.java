package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.json.JsonText;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever document is checked, what is called valid is what the library's parsers read. */
class DocumentPropertyTest {
    private static final int SCHEMAS = 40;
    private static final int MESSAGES_OF_TYPE = 6;
    private static final int DAMAGES_OF_MESSAGE = 8;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomMessage messages = new RandomMessage(random);
    private final ProtobufFormat format = new ProtobufFormat();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void validate_anyJson_isWhatTheParserSays() {
        for (String schema : schemas()) {
            checkJson(schema);
        }

        assertThat(outcomes).as("seed %d", seed).containsKeys("written", "both", "neither", "ours only refuses");
        assertThat(outcomes.get("both")).as("seed %d, %s", seed, outcomes).isGreaterThan(1_000);
        assertThat(outcomes.get("neither")).as("seed %d, %s", seed, outcomes).isGreaterThan(1_000);
    }

    @Test
    void validate_anyBytes_isWhatTheParserSays() {
        for (String schema : schemas()) {
            checkBinary(schema);
        }

        assertThat(outcomes.get("both")).as("seed %d, %s", seed, outcomes).isGreaterThan(1_000);
        assertThat(outcomes.get("neither")).as("seed %d, %s", seed, outcomes).isGreaterThan(1_000);
    }

    private List<String> schemas() {
        List<String> schemas = new ArrayList<>();
        for (int i = 0; i < SCHEMAS; i++) {
            schemas.addAll(i % 5 == 0 ? RichSchemas.ALL : List.of());
            String text = RandomSchema.of(random).text();
            if (JudgedPair.parse(text).isPresent()) {
                schemas.add(text);
            }
        }
        return schemas;
    }

    private void checkJson(String schema) {
        FileDescriptor file = JudgedPair.parse(schema).orElseThrow();
        DocumentOracle oracle = new DocumentOracle(file);
        DocumentValidator validator = format.validator(JudgedPair.source(schema));
        for (Descriptor type : new FileMessages(file).declared()) {
            for (int i = 0; i < MESSAGES_OF_TYPE; i++) {
                Message message = messages.of(type);
                oracle.print(message).ifPresent(printed -> {
                    String description = "seed " + seed + "\n" + schema + "\n" + type.getFullName() + "\n";
                    if (message.isInitialized()) {
                        assertThat(validator
                                        .validate(bytes(printed), json(type))
                                        .errors())
                                .as(() -> description + printed)
                                .isEmpty();
                        count("written");
                    }
                    for (int j = 0; j < DAMAGES_OF_MESSAGE; j++) {
                        compareJson(damaged(printed), type, oracle, validator, description);
                    }
                });
            }
        }
    }

    private void compareJson(
            String document, Descriptor type, DocumentOracle oracle, DocumentValidator validator, String description) {
        DocumentReport report = validator.validate(bytes(document), json(type));
        JsonText text = JsonText.parse(document, DocumentValidator.MAX_DEPTH);
        if (!(text instanceof JsonText.WellFormed(JsonNode root))) {
            assertThat(report.errors())
                    .as(() -> description + document)
                    .singleElement()
                    .extracting(DocumentError::keyword)
                    .isEqualTo(DocumentError.SYNTAX);
            count("no JSON");
            return;
        }
        boolean isAccepted = oracle.acceptsJson(document, type);
        assertSensible(report, description + document);
        if (isAccepted && !report.isValid()) {
            assertThat(report.errors())
                    .as(() -> description + document)
                    .allMatch(error -> isStricterOnPurpose(error, root));
            count("ours only refuses");
        } else {
            assertThat(report.isValid())
                    .as(() -> description + document + "\n" + report)
                    .isEqualTo(isAccepted);
            count(isAccepted ? "both" : "neither");
        }
    }

    /** The exceptions that {@link JsonDocument} lists. */
    private static boolean isStricterOnPurpose(DocumentError error, JsonNode root) {
        JsonNode value = root.at(error.instancePath());
        return switch (error.keyword()) {
            case "type" -> isLaxlyRead(value, error);
            case "enum" -> value.isString() && value.stringValue().matches("[+-]?[0-9.eE+]+");
            case "range" ->
                value.isNumber() && Double.isInfinite(value.decimalValue().doubleValue());
            case "timestamp", "duration" -> value.isString() && error.message().contains("must ");
            case "field-mask" -> value.stringValue().contains("_");
            case "utf-8" ->
                !StandardCharsets.UTF_8
                        .newEncoder()
                        .canEncode(error.instancePath() + (value.isString() ? value.stringValue() : ""));
            case "duplicate-field" -> true;
            case "unknown-field" -> error.message().startsWith("beside \"@type\"");
            default -> false;
        };
    }

    private static boolean isLaxlyRead(JsonNode value, DocumentError error) {
        boolean isOne = value.isArray() && value.size() == 1;
        boolean isKey = error.message().contains("each key");
        return isKey || value.isString() || value.isNumber() || value.isBoolean() || isOne;
    }

    private void checkBinary(String schema) {
        FileDescriptor file = JudgedPair.parse(schema).orElseThrow();
        DocumentOracle oracle = new DocumentOracle(file);
        DocumentValidator validator = format.validator(JudgedPair.source(schema));
        for (Descriptor type : new FileMessages(file).declared()) {
            byte[] before = {};
            for (int i = 0; i < MESSAGES_OF_TYPE; i++) {
                byte[] written = messages.of(type).toByteArray();
                compareBinary(written, type, oracle, validator, schema);
                compareBinary(joined(before, written), type, oracle, validator, schema);
                for (int j = 0; j < 3 * DAMAGES_OF_MESSAGE; j++) {
                    compareBinary(damaged(written), type, oracle, validator, schema);
                }
                before = written;
            }
        }
    }

    private void compareBinary(
            byte[] document, Descriptor type, DocumentOracle oracle, DocumentValidator validator, String schema) {
        DocumentReport report = validator.validate(document, binary(type));
        String description = "seed " + seed + "\n" + schema + "\n" + type.getFullName() + "\n"
                + HexFormat.of().formatHex(document);

        assertSensible(report, description);
        boolean isAccepted = oracle.acceptsBinary(document, type);
        if (isAccepted && !report.isValid()) {
            // Of such a number with more bytes to come after the tenth, the library's parser takes one in two.
            assertThat(report.errors())
                    .as(() -> description + "\n" + report)
                    .singleElement()
                    .extracting(DocumentError::message)
                    .asString()
                    .endsWith("a number is longer than 10 bytes");
            count("ours only refuses");
        } else {
            assertThat(report.isValid()).as(() -> description + "\n" + report).isEqualTo(isAccepted);
            count(isAccepted ? "both" : "neither");
        }
    }

    private static void assertSensible(DocumentReport report, String description) {
        for (DocumentError error : report.errors()) {
            assertThat(error.schemaPath()).as(description).isNotEmpty();
            assertThat(error.message())
                    .as(description)
                    .isNotBlank()
                    .doesNotContainPattern("java\\.(lang|util|math)\\.|com\\.google\\.protobuf\\.|\\wException\\b");
        }
    }

    private byte[] damaged(byte[] written) {
        byte[] bytes = written.clone();
        int times = 1 + random.nextInt(2);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
                case 4 ->
                    bytes = joined(
                            joined(Arrays.copyOf(bytes, at), new byte[] {(byte) random.nextInt()}),
                            Arrays.copyOfRange(bytes, at, bytes.length));
                default -> bytes[at] = (byte) random.nextInt(128);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private String damaged(String printed) {
        if (random.nextInt(10) == 0) {
            int at = random.nextInt(printed.length());
            return printed.substring(0, at) + "{}[]\",:01 a".charAt(random.nextInt(11)) + printed.substring(at + 1);
        }
        if (!(JsonText.parse(printed, DocumentValidator.MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root))) {
            throw new AssertionError("seed " + seed + ": the printer writes JSON: " + printed);
        }
        JsonNode damaged = root;
        int times = 1 + random.nextInt(2);
        for (int i = 0; i < times; i++) {
            damaged = damaged(damaged);
        }
        return damaged.toString();
    }

    private JsonNode damaged(JsonNode value) {
        if (random.nextInt(6) == 0 || !value.isContainer()) {
            return replacement(value);
        }
        if (value instanceof ArrayNode array) {
            damageArray(array);
        } else if (value instanceof ObjectNode object) {
            damageObject(object);
        }
        return value;
    }

    private void damageArray(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(5) == 0) {
            array.add(replacement(NODES.nullNode()));
            return;
        }
        int at = random.nextInt(array.size());
        array.set(at, damaged(array.get(at)));
    }

    private void damageObject(ObjectNode object) {
        List<String> names = new ArrayList<>(object.propertyNames());
        if (names.isEmpty() || random.nextInt(8) == 0) {
            object.set(
                    pick(List.of(
                            "f_1",
                            "f1",
                            "nope",
                            "@type",
                            "[old.codes]",
                            "[old.Scope.note]",
                            "value",
                            "snakeCaseName",
                            "snake_case_name",
                            "otherName",
                            "some_text",
                            "1",
                            "true")),
                    replacement(NODES.nullNode()));
            return;
        }
        String name = pick(names);
        JsonNode value = object.get(name);
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name.replace("f", "f_"), value);
            case 2 -> object.set(name + "x", object.remove(name));
            default -> object.set(name, damaged(value));
        }
    }

    private JsonNode replacement(JsonNode value) {
        if (value.isString() && !value.stringValue().isEmpty() && random.nextInt(3) > 0) {
            String text = value.stringValue();
            int at = random.nextInt(text.length());
            return NODES.stringNode(text.substring(0, at)
                    + pick(List.of("", "0", "9", "-", "+", ".", "T", "Z", "s", "=", "_", "/", "e5", "\uD800", ",", "A"))
                    + text.substring(Math.min(text.length(), at + random.nextInt(2))));
        }
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextInt(4));
            case 4 ->
                NODES.numberNode(new java.math.BigDecimal(pick(List.of(
                        "1.5",
                        "2.0",
                        "1e3",
                        "1e400",
                        "-1e39",
                        "3.4028235e38",
                        "1e-400",
                        "4294967296",
                        "18446744073709551616"))));
            case 5 -> NODES.numberNode(-1 - random.nextInt(5));
            case 6 ->
                NODES.stringNode(
                        pick(List.of("NaN", "Infinity", "-Infinity", "1", "1.0", "-0", "+1", "01", "1e2", " 1", "")));
            case 7 ->
                NODES.stringNode(pick(List.of(
                        "2024-02-30T00:00:00Z",
                        "2024-02-29T23:59:59.123456789+02:00",
                        "2024-1-1T0:0:0Z",
                        "0001-01-01T00:00:00Z",
                        "0001-01-01T00:00:00+01:00",
                        "9999-12-31T23:59:59.999999999Z",
                        "1.5s",
                        "-3s",
                        "315576000001s",
                        "1s ",
                        "3.1234567891s",
                        "+3s",
                        "1.s")));
            case 8 ->
                NODES.stringNode(pick(List.of("E_ZERO", "E_1", "RED", "GREEN", "KIND_ONE", "NULL_VALUE", "2", "RAD")));
            case 9 ->
                NODES.stringNode(pick(List.of("YQ==", "YQ", "YQ=", "-_-_", "+/+/", "+_+_", "Y", "=", "a=b=", "YWI=")));
            case 10 -> NODES.arrayNode().add(value.deepCopy());
            case 11 -> NODES.arrayNode();
            case 12 -> NODES.objectNode();
            case 13 ->
                NODES.objectNode()
                        .put(
                                "@type",
                                pick(List.of(
                                        "type.googleapis.com/google.protobuf.Duration",
                                        "x/old.Need",
                                        "x/fresh.Thing",
                                        "/google.protobuf.Value",
                                        "x/google.protobuf.Any",
                                        "nothing",
                                        "x/no.Such",
                                        "x/google.protobuf.Duration/")))
                        .set("value", replacement(NODES.nullNode()));
            case 14 -> NODES.objectNode().set("a", NODES.numberNode(1));
            default -> value;
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentForm json(Descriptor type) {
        return new DocumentForm(DataEncoding.JSON, type.getFullName());
    }

    private static DocumentForm binary(Descriptor type) {
        return new DocumentForm(DataEncoding.BINARY, type.getFullName());
    }
}
