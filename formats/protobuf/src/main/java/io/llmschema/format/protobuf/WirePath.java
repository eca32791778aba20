package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.llmschema.json.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where in a binary message something is, step by step; written out as the JSON Pointer to the same in JSON.
 *
 * @param parent what it lies in; absent: it is the whole message
 * @param field by which it lies there
 * @param index of a repeated field, which of its values; of a map, the offset of the entry, whose key is read only if someone asks
 */
record WirePath(@Nullable WirePath parent, @Nullable FieldDescriptor field, int index) {
    /** Reads the key of the map entry that begins at an offset. */
    interface KeyReader {
        String read(int offset, FieldDescriptor map);
    }

    static final WirePath ROOT = new WirePath(null, null, 0);

    WirePath child(FieldDescriptor field, int index) {
        return new WirePath(this, field, index);
    }

    /** @param keys read the keys of maps */
    Pointer pointer(KeyReader keys) {
        Deque<WirePath> steps = new ArrayDeque<>();
        for (WirePath at = this; at != null; at = at.parent) {
            steps.addFirst(at);
        }
        Pointer pointer = Pointer.ROOT;
        for (WirePath step : steps) {
            FieldDescriptor field = step.field;
            // The value of an entry has no name of its own in JSON: it is what the key leads to.
            if (field == null || field.getContainingType().getOptions().getMapEntry()) {
                continue;
            }
            pointer = pointer.child(DocumentTypes.JsonNames.keyOf(field));
            if (field.isMapField()) {
                pointer = pointer.child(keys.read(step.index, field));
            } else if (field.isRepeated()) {
                pointer = pointer.child(step.index);
            }
        }
        return pointer;
    }
}
