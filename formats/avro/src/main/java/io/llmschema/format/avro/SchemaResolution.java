package io.llmschema.format.avro;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.SeenPair;

/**
 * One walk over the places of a reader's and a writer's schema that belong together, nearest first, that finds all
 * their differences.
 *
 * <p>The rules are those of "Schema Resolution" in the Avro specification 1.12, and where the library for Java is
 * stricter (enums and fixed in a union are found by their full names), the library's. The library's own {@code
 * SchemaCompatibility} is not used: of what differs within a branch of a union it says no more than that the branch is
 * missing; it compares a reader's enum with the writer's record where a field is missing; it takes any branch of a
 * reader's union which fits, though the reader takes one by its name; and nothing bounds it.
 *
 * <p>Logical types are no part of how data is read, with one exception that the specification makes: decimals match if
 * their precision and scale do.
 *
 * <p>Pairs of named types are met once. Pairs that no data reach but the library plans for ({@link PlacePair#isMet})
 * are walked to count what the plan costs.
 */
final class SchemaResolution {
    private final DataSizes writerSizes;
    private final Effort effort;
    private final DefaultValues defaults;
    private final Deque<PlacePair> open = new ArrayDeque<>();
    private final Set<SeenPair> met = new HashSet<>();
    private final Set<SeenPair> planned = new HashSet<>();
    private final Differences differences = new Differences();

    private SchemaResolution(DataSizes writerSizes, Effort effort, DefaultValues defaults) {
        this.writerSizes = writerSizes;
        this.effort = effort;
        this.defaults = defaults;
    }

    /** What was found is worth nothing if the effort is exhausted afterwards. */
    static Differences of(Place reader, Place writer, DataSizes writerSizes, Effort effort, DefaultValues defaults) {
        SchemaResolution resolution = new SchemaResolution(writerSizes, effort, defaults);
        resolution.open.add(new PlacePair(reader, writer, DataPath.ROOT, true));
        resolution.walk();
        return resolution.differences;
    }

    private void walk() {
        while (!open.isEmpty() && !effort.isExhausted()) {
            effort.spend(Effort.PLAN);
            PlacePair pair = open.remove();
            if (pair.writer().type() == Schema.Type.UNION) {
                writerUnion(pair);
            } else if (pair.reader().type() == Schema.Type.UNION) {
                readerUnion(pair);
            } else {
                resolve(pair);
            }
        }
    }

    private void writerUnion(PlacePair pair) {
        boolean isSame = pair.reader().type() == Schema.Type.UNION
                && UnionEquivalence.between(
                        pair.writer().resolved(), pair.reader().resolved(), effort);
        int branches = pair.writer().declared().getTypes().size();
        for (int i = 0; i < branches && !effort.isExhausted(); i++) {
            openChild(pair, isSame ? pair.reader().child(i) : pair.reader(), i);
        }
    }

    private void readerUnion(PlacePair pair) {
        Schema writer = pair.writer().resolved();
        List<Schema> branches = pair.reader().resolved().getTypes();
        effort.spend(branches.size() * Effort.COMPARISON);
        int chosen = UnionBranches.indexFor(writer, branches);
        if (writer.getType() == Schema.Type.RECORD) {
            planOthers(pair, branches, chosen);
        }
        if (chosen >= 0) {
            open.add(new PlacePair(pair.reader().child(chosen), pair.writer(), pair.path(), pair.isMet()));
        } else if (pair.isMet()) {
            differences.branch(pair);
        }
    }

    /** The library tries how a record of the writer's would be read as any of the reader's. */
    private void planOthers(PlacePair pair, List<Schema> branches, int chosen) {
        for (int i = 0; i < branches.size() && !effort.isExhausted(); i++) {
            if (i != chosen && branches.get(i).getType() == Schema.Type.RECORD) {
                effort.spend(Effort.PLAN);
                open.add(new PlacePair(pair.reader().child(i), pair.writer(), pair.path(), false));
            }
        }
    }

    private void resolve(PlacePair pair) {
        Schema.Type type = pair.writer().type();
        if (type != pair.reader().type()) {
            if (pair.isMet() && !Promotions.allow(type, pair.reader().type())) {
                differences.type(pair);
            }
            return;
        }
        boolean isNew = !Children.isNamed(pair.writer().declared())
                || (pair.isMet() ? met : planned)
                        .add(new SeenPair(
                                pair.reader().declared(), pair.writer().declared()));
        if (isNew) {
            switch (type) {
                case RECORD -> record(pair);
                case ENUM -> enumeration(pair);
                case FIXED -> fixed(pair);
                case BYTES -> decimals(pair);
                case ARRAY, MAP -> openChild(pair, pair.reader().child(0), 0);
                case UNION, STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                    // Unions are taken apart before; the others are read as they are.
                }
            }
        }
    }

    private void record(PlacePair pair) {
        Schema reader = pair.reader().resolved();
        Schema writer = pair.writer().resolved();
        if (pair.isMet() && hasOtherName(pair)) {
            differences.recordName(pair);
        }
        for (Schema.Field field : reader.getFields()) {
            effort.spend(Effort.COMPARISON);
            if (effort.isExhausted()) {
                return;
            }
            Schema.Field writerField = writer.getField(field.name());
            if (writerField != null) {
                openChild(pair, pair.reader().child(field.pos()), writerField.pos());
            } else if (pair.isMet()) {
                missingField(pair, field);
            }
        }
    }

    private void missingField(PlacePair pair, Schema.Field field) {
        if (!field.hasDefaultValue()) {
            differences.missingField(pair, field);
        } else if (!defaults.isReadable(field)) {
            differences.unreadableDefault(pair, field);
        }
    }

    private void enumeration(PlacePair pair) {
        if (!pair.isMet()) {
            return;
        }
        if (hasOtherName(pair)) {
            differences.name(pair);
        }
        Schema reader = pair.reader().declared();
        if (reader.getEnumDefault() != null) {
            return;
        }
        int index = 0;
        for (String symbol : pair.writer().declared().getEnumSymbols()) {
            if (!reader.hasEnumSymbol(symbol)) {
                differences.symbol(pair, index, symbol);
            }
            index++;
        }
    }

    private void fixed(PlacePair pair) {
        if (!pair.isMet()) {
            return;
        }
        if (hasOtherName(pair)) {
            differences.name(pair);
        }
        if (pair.reader().declared().getFixedSize() != pair.writer().declared().getFixedSize()) {
            differences.size(pair);
        } else {
            decimals(pair);
        }
    }

    private void decimals(PlacePair pair) {
        if (pair.isMet()
                && pair.reader().declared().getLogicalType() instanceof LogicalTypes.Decimal reader
                && pair.writer().declared().getLogicalType() instanceof LogicalTypes.Decimal writer
                && (reader.getScale() != writer.getScale() || reader.getPrecision() != writer.getPrecision())) {
            differences.decimals(pair);
        }
    }

    /** Unqualified names are compared, as the specification has it: types may move to another namespace. */
    private static boolean hasOtherName(PlacePair pair) {
        return !pair.reader()
                .resolved()
                .getName()
                .equals(pair.writer().resolved().getName());
    }

    private void openChild(PlacePair pair, Place reader, int index) {
        Place writer = pair.writer().child(index);
        boolean isMet = pair.isMet() && writerSizes.isInhabited(writer.declared());
        if (!isMet && Children.of(writer.declared()).isEmpty()) {
            effort.spend(Effort.PLAN);
            return;
        }
        open.add(new PlacePair(reader, writer, pair.path().child(index), isMet));
    }
}
