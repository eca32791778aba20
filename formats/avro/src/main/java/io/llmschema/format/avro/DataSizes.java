package io.llmschema.format.avro;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.avro.Schema;

/**
 * The size of the smallest datum of every schema beneath one: its values, and the bytes of its fixed ones.
 *
 * <p>A schema may have no datum at all: a record that always holds itself, an enum without symbols. The sizes are found
 * as Knuth finds the shortest words of a grammar: smallest first, each once.
 */
final class DataSizes {
    private final IdentityHashMap<Schema, Long> sizes = new IdentityHashMap<>();
    private final IdentityHashMap<Schema, List<Schema>> users = new IdentityHashMap<>();

    /** What is not known yet of a record: how many of its fields, and the size of the others. */
    private final IdentityHashMap<Schema, Integer> missing = new IdentityHashMap<>();

    private final IdentityHashMap<Schema, Long> partial = new IdentityHashMap<>();

    /** Schemas with a size that they have; the smallest comes first. */
    private final PriorityQueue<Sized> queued = new PriorityQueue<>(Comparator.comparingLong(Sized::size));

    private record Sized(Schema schema, long size) {}

    private DataSizes() {}

    static DataSizes beneath(Schema root) {
        DataSizes result = new DataSizes();
        result.collect(root);
        result.settle();
        return result;
    }

    /** Whether there is any datum. */
    boolean isInhabited(Schema schema) {
        return sizes.containsKey(schema);
    }

    /** {@code Long.MAX_VALUE} where there is no datum. */
    long of(Schema schema) {
        return sizes.getOrDefault(schema, Long.MAX_VALUE);
    }

    /** How many schemas there are beneath the root, itself included. */
    int count() {
        return missing.size();
    }

    private void collect(Schema root) {
        Deque<Schema> open = new ArrayDeque<>(List.of(root));
        missing.put(root, Children.of(root).size());
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            queueWithoutChildren(schema);
            for (Schema child : Children.of(schema)) {
                users.computeIfAbsent(child, _ -> new ArrayList<>()).add(schema);
                if (missing.putIfAbsent(child, Children.of(child).size()) == null) {
                    open.add(child);
                }
            }
        }
    }

    private void queueWithoutChildren(Schema schema) {
        boolean isOfNoChild = switch (schema.getType()) {
            case RECORD -> schema.getFields().isEmpty();
            case ENUM -> !schema.getEnumSymbols().isEmpty();
            case UNION -> false;
            case ARRAY, MAP, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
        };
        if (isOfNoChild) {
            long bytes = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
            queued.add(new Sized(schema, 1 + bytes));
        }
    }

    private void settle() {
        while (!queued.isEmpty()) {
            Sized next = queued.remove();
            if (sizes.putIfAbsent(next.schema(), next.size()) == null) {
                users.getOrDefault(next.schema(), List.of()).forEach(user -> tell(user, next.size()));
            }
        }
    }

    private void tell(Schema user, long childSize) {
        switch (user.getType()) {
            case UNION -> queued.add(new Sized(user, plus(1, childSize)));
            case RECORD -> {
                long sum = partial.merge(user, childSize, DataSizes::plus);
                if (missing.merge(user, -1, Integer::sum) == 0) {
                    queued.add(new Sized(user, plus(1, sum)));
                }
            }
            case ARRAY, MAP, ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // Settled without their children: they may be empty.
            }
        }
    }

    /** A sum that stays below infinity: records of records of records double at every step. */
    static long plus(long a, long b) {
        return Math.min(a + b, Long.MAX_VALUE / 2);
    }
}
