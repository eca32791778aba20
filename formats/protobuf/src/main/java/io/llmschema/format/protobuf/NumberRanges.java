package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.Declaration.Range;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ranges of numbers of which no two overlap. */
final class NumberRanges {
    private final TreeMap<Long, Range> byStart = new TreeMap<>();

    /** Adds a range that overlaps with none. */
    void add(Range range) {
        byStart.put(range.start().value(), range);
    }

    /** One that overlaps with the given one. */
    Optional<Range> overlapping(Range range) {
        return upTo(range.end().value())
                .filter(before -> before.end().value() >= range.start().value());
    }

    boolean contains(long number) {
        return upTo(number).filter(range -> range.end().value() >= number).isPresent();
    }

    private Optional<Range> upTo(long number) {
        return Optional.ofNullable(byStart.floorEntry(number)).map(Map.Entry::getValue);
    }
}
