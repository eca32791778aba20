package io.llmschema.format.avro;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way into data: from the root the number of a field or branch at each step, anything for an item or a value. */
final class DataPath {
    static final DataPath ROOT = new DataPath(null, 0);

    private final @Nullable DataPath parent;
    private final int index;

    private DataPath(@Nullable DataPath parent, int index) {
        this.parent = parent;
        this.index = index;
    }

    DataPath child(int index) {
        return new DataPath(this, index);
    }

    List<Integer> steps() {
        Deque<Integer> steps = new ArrayDeque<>();
        for (DataPath at = this; at.parent != null; at = at.parent) {
            steps.addFirst(at.index);
        }
        return List.copyOf(steps);
    }
}
