package io.llmschema.format.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes data as a writer does. */
final class Encoding {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Encoding() {}

    static byte[] binary(@Nullable Object datum, Schema writer, GenericData data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<@Nullable Object>(writer, data).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /**
     * In Avro's JSON encoding, which names the branches of unions.
     *
     * <p>The library's own encoder makes a grammar first, which doubles with every record that uses another one twice,
     * and writes nothing for a record without fields.
     */
    static JsonNode json(@Nullable Object datum, Schema writer, GenericData data) {
        if (datum == null) {
            return JSON.nullNode();
        }
        return switch (writer.getType()) {
            case RECORD -> record((IndexedRecord) datum, data);
            case UNION -> branch(datum, writer, data);
            case ARRAY -> array((List<?>) datum, writer.getElementType(), data);
            case MAP -> map((Map<?, ?>) datum, writer.getValueType(), data);
            case FIXED -> bytes(((GenericFixed) datum).bytes());
            case BYTES -> bytes(((ByteBuffer) datum).array());
            case ENUM, STRING -> JSON.stringNode(datum.toString());
            case INT -> JSON.numberNode((int) datum);
            case LONG -> JSON.numberNode((long) datum);
            case FLOAT -> JSON.numberNode((float) datum);
            case DOUBLE -> JSON.numberNode((double) datum);
            case BOOLEAN -> JSON.booleanNode((boolean) datum);
            case NULL -> JSON.nullNode();
        };
    }

    private static ObjectNode record(IndexedRecord record, GenericData data) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), json(record.get(field.pos()), field.schema(), data));
        }
        return object;
    }

    private static ObjectNode branch(Object datum, Schema union, GenericData data) {
        Schema branch = union.getTypes().get(data.resolveUnion(union, datum));
        return JSON.objectNode().set(branch.getFullName(), json(datum, branch, data));
    }

    private static ArrayNode array(List<?> items, Schema type, GenericData data) {
        ArrayNode array = JSON.arrayNode();
        items.forEach(item -> array.add(json(item, type, data)));
        return array;
    }

    private static ObjectNode map(Map<?, ?> values, Schema type, GenericData data) {
        ObjectNode object = JSON.objectNode();
        values.forEach((key, value) -> object.set(key.toString(), json(value, type, data)));
        return object;
    }

    /** One character for each byte. */
    private static JsonNode bytes(byte[] bytes) {
        return JSON.stringNode(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
