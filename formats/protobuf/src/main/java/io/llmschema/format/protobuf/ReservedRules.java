package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.Declaration.Range;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a message or an enum keeps free: collects its reserved and extension ranges, and answers what may not be used. */
final class ReservedRules {
    private final ProtoFile file;
    private final long min;
    private final long max;
    private final Problems problems;
    private final NumberRanges reserved = new NumberRanges();
    private final NumberRanges extensions = new NumberRanges();
    private final Map<String, Place> names = new HashMap<>();

    /**
     * @param min the lowest number that there is
     * @param max the highest number that there is
     */
    ReservedRules(ProtoFile file, long min, long max, Problems problems) {
        this.file = file;
        this.min = min;
        this.max = max;
        this.problems = problems;
    }

    void addAll(Declaration.Body body) {
        for (Declaration.Reserved statement : body.all(Declaration.Reserved.class)) {
            statement.ranges().forEach(range -> add(range, reserved, "reserved"));
            statement.names().forEach(this::addName);
        }
        for (Declaration.Extensions statement : body.all(Declaration.Extensions.class)) {
            if (file.isProto3()) {
                problems.add(statement.place(), "proto3 has no extensions, except of options; use google.protobuf.Any");
            }
            statement.ranges().forEach(range -> add(range, extensions, "extension"));
        }
    }

    private void add(Range range, NumberRanges ranges, String kind) {
        long start = range.start().value();
        long end = range.end().value();
        if (start < min || end > max) {
            problems.add(
                    (start < min ? range.start() : range.end()).place(),
                    "the numbers of this range are at least " + min + " and at most " + max);
            return;
        }
        if (end < start) {
            problems.add(range.start().place(), "the range ends at " + end + ", before it begins at " + start);
            return;
        }
        Optional<Range> overlapping = reserved.overlapping(range).or(() -> extensions.overlapping(range));
        if (overlapping.isPresent()) {
            problems.add(
                    range.start().place(),
                    "this " + kind + " range overlaps with the one on "
                            + overlapping.get().start().place());
        } else {
            ranges.add(range);
        }
    }

    private void addName(Declaration.ReservedName reservedName) {
        Written name = reservedName.name();
        if (reservedName.isQuoted() && file.isEdition()) {
            problems.add(name.place(), "in editions a reserved name stands without quotation marks");
        } else if (!reservedName.isQuoted() && !file.isEdition()) {
            problems.add(name.place(), "a reserved name stands in quotation marks, except in editions");
        }
        Place before = names.putIfAbsent(name.text(), name.place());
        if (before != null) {
            problems.add(name.place(), "\"" + Names.shortened(name.text()) + "\" is already reserved on " + before);
        }
    }

    /** Reports what a field or an enum value may not use. */
    void check(Written name, Whole number) {
        if (names.containsKey(name.text())) {
            problems.add(name.place(), "the name \"" + Names.shortened(name.text()) + "\" is reserved");
        }
        if (reserved.contains(number.value())) {
            problems.add(number.place(), "the number " + number.value() + " is reserved");
        } else if (extensions.contains(number.value())) {
            problems.add(number.place(), "the number " + number.value() + " is kept for extensions");
        }
    }
}
