package io.llmschema.format.avro;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.SeenPair;

/**
 * Whether two unions are the same but for namespaces, so that the library reads the branches of the one as those of the
 * other in their order and looks at no name.
 *
 * <p>The same as {@code Resolver.unionEquiv} of the library, which it keeps to itself; counted, and without recursion.
 */
final class UnionEquivalence {
    private final Effort effort;
    private final Deque<Pair> open = new ArrayDeque<>();
    private final Set<SeenPair> seen = new HashSet<>();

    private record Pair(Schema writer, Schema reader) {}

    private UnionEquivalence(Effort effort) {
        this.effort = effort;
    }

    /** False also when the effort was exhausted. */
    static boolean between(Schema writer, Schema reader, Effort effort) {
        return new UnionEquivalence(effort).holds(writer, reader);
    }

    private boolean holds(Schema writer, Schema reader) {
        open.add(new Pair(writer, reader));
        while (!open.isEmpty()) {
            effort.spend(Effort.COMPARISON);
            Pair pair = open.removeLast();
            if (effort.isExhausted() || !isEqualAtItsTop(pair)) {
                return false;
            }
        }
        return true;
    }

    /** Compares a pair and leaves what is beneath it to be compared. */
    private boolean isEqualAtItsTop(Pair pair) {
        Schema writer = pair.writer();
        Schema reader = pair.reader();
        if (writer.getType() != reader.getType()) {
            return false;
        }
        return switch (writer.getType()) {
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
            case FIXED -> hasSameName(pair) && writer.getFixedSize() == reader.getFixedSize();
            case ENUM -> hasSameName(pair) && writer.getEnumSymbols().equals(reader.getEnumSymbols());
            case ARRAY -> open(writer.getElementType(), reader.getElementType());
            case MAP -> open(writer.getValueType(), reader.getValueType());
            case UNION -> openBranches(pair);
            case RECORD -> hasSameName(pair) && (!seen.add(new SeenPair(writer, reader)) || openFields(pair));
        };
    }

    private static boolean hasSameName(Pair pair) {
        return pair.writer().getName().equals(pair.reader().getName());
    }

    private boolean openFields(Pair pair) {
        List<Schema.Field> fields = pair.writer().getFields();
        List<Schema.Field> others = pair.reader().getFields();
        effort.spend(fields.size() * Effort.COMPARISON);
        if (fields.size() != others.size()) {
            return false;
        }
        // In the library's order, for the same effort: what is opened last is compared next.
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (!fields.get(i).name().equals(others.get(i).name())) {
                return false;
            }
            open(fields.get(i).schema(), others.get(i).schema());
        }
        return true;
    }

    private boolean openBranches(Pair pair) {
        List<Schema> branches = pair.writer().getTypes();
        List<Schema> others = pair.reader().getTypes();
        if (branches.size() != others.size()) {
            return false;
        }
        for (int i = branches.size() - 1; i >= 0; i--) {
            open(branches.get(i), others.get(i));
        }
        return true;
    }

    private boolean open(Schema writer, Schema reader) {
        open.addLast(new Pair(writer, reader));
        return true;
    }
}
