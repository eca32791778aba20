package io.llmschema.format.protobuf;

import java.util.Comparator;

/**
 * Where in a text something stands.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points
 */
record Place(int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> READING_ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return READING_ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
