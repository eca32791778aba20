package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Writes random messages, with a liking for values at the ends of what types can hold. */
final class RandomMessage {
    private static final int MAX_DEPTH = 4;

    private final Random random;

    RandomMessage(Random random) {
        this.random = random;
    }

    /** Not every message has all that it requires: some would have no end. */
    Message of(Descriptor type) {
        return of(type, 0);
    }

    private Message of(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        switch (type.getFullName()) {
            case "google.protobuf.Timestamp", "google.protobuf.Duration" -> {
                message.setField(type.findFieldByName("seconds"), (long) random.nextInt(1_000_000));
                message.setField(
                        type.findFieldByName("nanos"), random.nextInt(1_000) * (random.nextBoolean() ? 1_000_000 : 1));
            }
            case "google.protobuf.Any" -> {
                if (random.nextBoolean()) {
                    message.setField(type.findFieldByName("type_url"), "type.googleapis.com/google.protobuf.Duration");
                    message.setField(
                            type.findFieldByName("value"),
                            Duration.newBuilder().setSeconds(7).build().toByteString());
                }
            }
            case "google.protobuf.FieldMask" -> message.addRepeatedField(type.findFieldByName("paths"), "a_b.c");
            case "google.protobuf.Value" -> fillValue(message, depth);
            default -> fill(message, depth);
        }
        return message.buildPartial();
    }

    private void fillValue(DynamicMessage.Builder message, int depth) {
        List<String> kinds =
                List.of("string_value", "bool_value", "number_value", "null_value", "struct_value", "list_value");
        FieldDescriptor kind =
                message.getDescriptorForType().findFieldByName(kinds.get(random.nextInt(depth < MAX_DEPTH ? 6 : 4)));
        message.setField(kind, kind.getName().equals("number_value") ? (Object) 1.25 : value(kind, depth));
    }

    private void fill(DynamicMessage.Builder message, int depth) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean isTooDeep = depth >= MAX_DEPTH && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (field.isRequired() ? depth < 3 * MAX_DEPTH : !isTooDeep && random.nextInt(3) > 0) {
                set(message, field, depth);
            }
        }
    }

    private void set(DynamicMessage.Builder message, FieldDescriptor field, int depth) {
        if (!field.isRepeated()) {
            message.setField(field, value(field, depth));
            return;
        }
        Set<Object> keys = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (!field.isMapField()) {
                message.addRepeatedField(field, value(field, depth));
                continue;
            }
            FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
            FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
            Object chosen = value(key, depth);
            if (keys.add(chosen)) {
                message.addRepeatedField(
                        field,
                        DynamicMessage.newBuilder(field.getMessageType())
                                .setField(key, chosen)
                                .setField(value, value(value, depth))
                                .buildPartial());
            }
        }
    }

    private Object value(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> pick(0, 1, 2, -1, 5, 16_777_217, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt());
            case LONG ->
                pick(
                        0L,
                        1L,
                        -1L,
                        1L << 31,
                        1L << 32,
                        1L << 40,
                        (1L << 53) + 1,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        random.nextLong());
            case FLOAT ->
                pick(0f, -0f, 1f, 0.1f, 1.5f, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, random.nextFloat());
            case DOUBLE ->
                pick(
                        0d,
                        -0d,
                        1d,
                        0.1,
                        1.5,
                        1e300,
                        Double.MIN_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        random.nextDouble());
            case BOOLEAN -> random.nextBoolean();
            case STRING -> pick("", "a", "1", "true", "%", "ä€😀", "f_1");
            case BYTE_STRING ->
                pick(ByteString.EMPTY, ByteString.copyFromUtf8("a"), ByteString.copyFrom(new byte[] {-1, 0, 8}));
            case ENUM -> pick(field.getEnumType().getValues().toArray());
            case MESSAGE -> of(field.getMessageType(), depth + 1);
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
