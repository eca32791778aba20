package io.llmschema.format.avro;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Makes data of a schema at random, the deeper the smaller. */
final class RandomData {
    private static final int DEEPEST = 6;

    private final Random random;
    private final DataSizes sizes;
    private final WitnessBuilder smallest;

    RandomData(Random random, DataSizes sizes) {
        this.random = random;
        this.sizes = sizes;
        this.smallest = new WitnessBuilder(sizes);
    }

    @Nullable
    Object next(Schema schema) {
        return next(schema, 0);
    }

    private @Nullable Object next(Schema schema, int depth) {
        if (depth > DEEPEST) {
            return smallest.build(schema, List.of(), Optional.empty());
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case UNION ->
                next(oneOf(schema.getTypes().stream().filter(sizes::isInhabited).toList()), depth + 1);
            case ARRAY ->
                sizes.isInhabited(schema.getElementType())
                        ? Stream.generate(() -> Optional.ofNullable(next(schema.getElementType(), depth + 1)))
                                .limit(random.nextInt(3))
                                .map(item -> item.orElse(null))
                                .toList()
                        : List.of();
            case MAP ->
                sizes.isInhabited(schema.getValueType()) && random.nextBoolean()
                        ? Collections.singletonMap("k", next(schema.getValueType(), depth + 1))
                        : Collections.emptyMap();
            case ENUM -> new GenericData.EnumSymbol(schema, oneOf(schema.getEnumSymbols()));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(4)));
            case STRING -> Integer.toString(random.nextInt());
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
        };
    }

    private GenericData.Record record(Schema schema, int depth) {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), next(field.schema(), depth + 1)));
        return record;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
