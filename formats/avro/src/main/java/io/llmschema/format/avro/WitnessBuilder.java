package io.llmschema.format.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Makes the smallest datum of a writer's schema that goes through a place. */
final class WitnessBuilder {
    /** The largest datum that is made, in values and bytes of fixed ones. */
    static final int MAX_SIZE = 5_000;

    private final DataSizes sizes;

    WitnessBuilder(DataSizes sizes) {
        this.sizes = sizes;
    }

    /**
     * What the smallest datum would measure.
     *
     * @param path what is inhabited all along
     */
    long size(Schema root, List<Integer> path) {
        long size = 0;
        Schema at = root;
        for (int step : path) {
            size = DataSizes.plus(size, besides(at, step));
            at = Children.of(at, step);
        }
        return DataSizes.plus(size, sizes.of(at));
    }

    private long besides(Schema schema, int step) {
        long size = 1;
        if (schema.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : schema.getFields()) {
                if (field.pos() != step) {
                    size = DataSizes.plus(size, sizes.of(field.schema()));
                }
            }
        }
        return size;
    }

    /**
     * The datum; null is one.
     *
     * @param symbol of the enum at the end of the path
     */
    @Nullable
    Object build(Schema schema, List<Integer> path, Optional<String> symbol) {
        if (path.isEmpty()) {
            return symbol.isPresent() ? new GenericData.EnumSymbol(schema, symbol.get()) : smallest(schema);
        }
        int step = path.getFirst();
        Object beneath = build(Children.of(schema, step), path.subList(1, path.size()), symbol);
        return switch (schema.getType()) {
            case RECORD -> record(schema, step, beneath);
            case ARRAY -> new ArrayList<>(Collections.singletonList(beneath));
            case MAP -> Collections.singletonMap("key", beneath);
            case UNION -> beneath;
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                throw new IllegalArgumentException("nothing is beneath " + schema.getType());
        };
    }

    private GenericData.Record record(Schema schema, int step, @Nullable Object value) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field.pos() == step ? value : smallest(field.schema()));
        }
        return record;
    }

    /** Ends, since what is beneath a datum is smaller. */
    private @Nullable Object smallest(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, -1, null);
            case UNION -> smallest(smallestBranch(schema));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getFirst());
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ARRAY -> List.of();
            case MAP -> Collections.emptyMap();
            case STRING -> "";
            case BYTES -> ByteBuffer.allocate(0);
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0F;
            case DOUBLE -> 0D;
            case BOOLEAN -> false;
            case NULL -> null;
        };
    }

    private Schema smallestBranch(Schema union) {
        Schema smallest = union.getTypes().getFirst();
        for (Schema branch : union.getTypes()) {
            if (sizes.of(branch) < sizes.of(smallest)) {
                smallest = branch;
            }
        }
        return smallest;
    }
}
