package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.SchemaContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the library writes is valid; of what was changed afterwards, what the library reads to its end, but for what it is known to be lax in. The
 * seed is given with {@code -Dseed}.
 */
class RandomDocumentTest {
    private static final int DOCUMENTS = 2_000;
    private static final int CHANGES_OF_EACH = 6;
    private static final int MIN_OF_A_KIND = 500;
    private static final int MAX_TRIES = 200_000;
    private static final DocumentForm BINARY = new DocumentForm(DataEncoding.BINARY, null);
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** In these the library for Java does not keep to the specification; {@link JsonDocument} and {@link BinaryDocument} say why it matters. */
    private static final List<String> LAX = List.of(
            // Of the binary encoding.
            "are not well-formed UTF-8",
            "must be a boolean, the byte 0 or 1",
            "with more than 32 bits",
            "with more than 64 bits",
            "bytes, but its items take",
            "that says it takes",
            // Of the JSON encoding.
            "has no field",
            "null has no tag",
            "an object is not tagged",
            "an object is none of them",
            "the character at index",
            "is larger than any");

    private final AvroFormat format = new AvroFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomSchemas schemas = new RandomSchemas(random);
    private int valid;
    private int invalid;
    private int lax;

    /** A schema with what is needed to check its data. */
    private record Subject(String text, DataType type, Schema schema, DataSizes sizes, DocumentValidator validator) {}

    @Test
    void validate_binary_agreesWithTheLibrary() throws IOException {
        int documents = 0;
        for (int tries = 0; documents < DOCUMENTS && tries < MAX_TRIES; tries++) {
            Optional<Subject> subject =
                    next().filter(candidate -> !hasItemsWithoutBytes(candidate.type(), new HashSet<>()));
            if (subject.isPresent()) {
                documents++;
                byte[] bytes =
                        Encoding.binary(datum(subject.get()), subject.get().schema(), GenericData.get());
                agreesOnBinary(subject.get(), bytes, true);
                for (int i = 0; i < CHANGES_OF_EACH; i++) {
                    agreesOnBinary(subject.get(), changed(bytes), false);
                }
            }
        }
        enoughWasSeen(documents);
    }

    @Test
    void validate_json_agreesWithTheLibrary() throws IOException {
        int documents = 0;
        for (int tries = 0; documents < DOCUMENTS && tries < MAX_TRIES; tries++) {
            Optional<Subject> subject = next();
            if (subject.isEmpty()) {
                continue;
            }
            Object datum = datum(subject.get());
            JsonNode document = Encoding.json(datum, subject.get().schema(), GenericData.get());
            assertThat(ours(subject.get(), document).errors())
                    .as(of(subject.get(), document.toString()))
                    .isEmpty();
            // The library has no encoder and no decoder for some schemas, such as those of records without fields.
            Optional<JsonNode> written =
                    writtenByTheLibrary(datum, subject.get().schema());
            if (written.filter(document::equals).isPresent() && theirs(subject.get(), document)) {
                documents++;
                for (int i = 0; i < CHANGES_OF_EACH; i++) {
                    agreesOnJson(subject.get(), changed(document));
                }
            }
        }
        enoughWasSeen(documents);
    }

    private void enoughWasSeen(int documents) {
        String counts = "seed %d: %d documents, %d valid, %d invalid, %d where the library is lax"
                .formatted(seed, documents, valid, invalid, lax);
        System.out.println(counts);
        assertThat(documents).as(counts).isEqualTo(DOCUMENTS);
        assertThat(valid).as(counts).isGreaterThan(MIN_OF_A_KIND);
        assertThat(invalid).as(counts).isGreaterThan(MIN_OF_A_KIND);
    }

    private Optional<Subject> next() {
        JsonNode made = schemas.next();
        String text = (random.nextInt(3) == 0 ? schemas.mutate(made) : made).toString();
        SchemaSource source = new SchemaSource(SchemaContent.of(text), List.of());
        if (!(format.parse(source.content(), List.of()) instanceof ParseOutcome.Parsed)) {
            return Optional.empty();
        }
        Schema schema = LoadedSchema.of(source).schema();
        DataSizes sizes = DataSizes.beneath(schema);
        return sizes.isInhabited(schema)
                ? Optional.of(
                        new Subject(text, DataTypes.of(source).root().type(), schema, sizes, format.validator(source)))
                : Optional.empty();
    }

    private @Nullable Object datum(Subject subject) {
        return new RandomData(random, subject.sizes()).next(subject.schema());
    }

    private void agreesOnBinary(Subject subject, byte[] bytes, boolean isWritten) {
        DocumentReport ours = subject.validator().validate(bytes, BINARY);
        boolean theirs = isReadWholly(subject.schema(), bytes);
        if (isWritten) {
            assertThat(ours.errors()).as(of(subject, Arrays.toString(bytes))).isEmpty();
        }
        agree(ours, theirs, of(subject, Arrays.toString(bytes)));
    }

    private void agreesOnJson(Subject subject, JsonNode document) {
        agree(ours(subject, document), theirs(subject, document), of(subject, document.toString()));
    }

    private void agree(DocumentReport ours, boolean theirs, String pair) {
        if (ours.isValid() || !theirs) {
            assertThat(theirs).as(pair + " " + ours).isEqualTo(ours.isValid());
            valid += ours.isValid() ? 1 : 0;
            invalid += ours.isValid() ? 0 : 1;
        } else {
            lax++;
            assertThat(ours.errors())
                    .as(pair)
                    .anySatisfy(error -> assertThat(error).matches(RandomDocumentTest::isLax));
        }
    }

    private static boolean isLax(DocumentError error) {
        boolean isRounded = error.keyword().equals("range")
                && (error.message().contains(".") || error.message().contains("E"));
        return isRounded || LAX.stream().anyMatch(error.message()::contains);
    }

    private DocumentReport ours(Subject subject, JsonNode document) {
        return subject.validator().validate(document.toString().getBytes(StandardCharsets.UTF_8), DocumentForm.JSON);
    }

    private static boolean isReadWholly(Schema schema, byte[] bytes) {
        try {
            // Since it knows how many bytes there are, it makes no room for more.
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            Object _ = new GenericDatumReader<>(schema).read(null, decoder);
            return decoder.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A record that always holds itself has no end.
            return false;
        }
    }

    private static boolean theirs(Subject subject, JsonNode document) {
        try {
            Decoder decoder = DecoderFactory.get().jsonDecoder(subject.schema(), document.toString());
            Object _ = new GenericDatumReader<>(subject.schema()).read(null, decoder);
            return true;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private static Optional<JsonNode> writtenByTheLibrary(@Nullable Object datum, Schema schema) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
            new GenericDatumWriter<@Nullable Object>(schema).write(datum, encoder);
            encoder.flush();
            return Optional.of(JSON.readTree(out.toByteArray()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Of such items the library counts as many as are claimed. */
    private static boolean hasItemsWithoutBytes(DataType type, Set<DataType> met) {
        return switch (type) {
            case DataType.ArrayType array -> array.items().isWithoutBytes() || hasItemsWithoutBytes(array.items(), met);
            case DataType.MapType map -> hasItemsWithoutBytes(map.values(), met);
            case DataType.UnionType union ->
                union.branches().stream().anyMatch(branch -> hasItemsWithoutBytes(branch, met));
            case DataType.RecordType record ->
                met.add(record) && record.fields().stream().anyMatch(field -> hasItemsWithoutBytes(field.type(), met));
            case DataType.Primitive _, DataType.EnumType _, DataType.FixedType _ -> false;
        };
    }

    private byte[] changed(byte[] bytes) {
        List<Byte> changed = new ArrayList<>();
        for (byte b : bytes) {
            changed.add(b);
        }
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            int at = random.nextInt(changed.size() + 1);
            byte value = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
            switch (random.nextInt(4)) {
                case 0 -> changed.add(at, value);
                case 1 -> changed.subList(at, changed.size()).clear();
                default -> {
                    if (at < changed.size()) {
                        changed.set(at, value);
                    }
                }
            }
        }
        byte[] result = new byte[changed.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = changed.get(i);
        }
        return result;
    }

    private JsonNode changed(JsonNode document) {
        JsonNode root = NODES.arrayNode().add(document.deepCopy());
        List<JsonNode> containers =
                all(root).filter(node -> node.isContainer() && !node.isEmpty()).toList();
        switch (containers.get(random.nextInt(containers.size()))) {
            case ArrayNode array -> array.set(random.nextInt(array.size()), value());
            case ObjectNode object -> change(object);
            default -> throw new IllegalStateException("a container is one of the two");
        }
        return root.get(0);
    }

    private void change(ObjectNode object) {
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set("x", value());
            case 2 -> {
                JsonNode moved = object.remove(name);
                object.set(name, moved);
            }
            case 3 -> {
                JsonNode renamed = object.remove(name);
                object.set(List.of("f1", "f2", "int", "string", "null").get(random.nextInt(5)), renamed);
            }
            default -> object.set(name, value());
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(1.5);
            case 3 -> NODES.numberNode(2.0);
            case 4 -> NODES.numberNode(3_000_000_000L);
            case 5 -> NODES.numberNode(new BigDecimal("1e40"));
            case 6 -> NODES.numberNode(7);
            case 7 -> NODES.stringNode("A");
            case 8 -> NODES.stringNode("ab\u20AC");
            case 9 -> NODES.stringNode("NaN");
            case 10 -> NODES.arrayNode();
            case 11 -> NODES.objectNode();
            case 12 -> NODES.objectNode().put("int", 1);
            default -> NODES.objectNode().put("string", "s");
        };
    }

    private static Stream<JsonNode> all(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(RandomDocumentTest::all));
    }

    private String of(Subject subject, String document) {
        return "seed " + seed + "\nschema " + subject.text() + "\ndocument " + document;
    }
}
