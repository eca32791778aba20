package io.llmschema.format.avro;

import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Collects changes in the order in which they are found, up to {@link SchemaChange#MAX_LISTED}. If there are more, those of meaning are kept before
 * those of words, and these before those of order: a thousand descriptions do not hide a field.
 */
final class ChangeList {
    private final Map<Nature, List<Found>> found = new EnumMap<>(Nature.class);
    private int count;

    private record Found(int number, SchemaChange change) {}

    void added(Nature nature, Pointer before, Spot after) {
        add(nature, () -> new SchemaChange(Kind.ADDED, nature, path(before), path(after.at()), null, after.text()));
    }

    void removed(Nature nature, Spot before, Pointer after) {
        add(nature, () -> new SchemaChange(Kind.REMOVED, nature, path(before.at()), path(after), before.text(), null));
    }

    void changed(Nature nature, Spot before, Spot after) {
        add(
                nature,
                () -> new SchemaChange(
                        Kind.CHANGED, nature, path(before.at()), path(after.at()), before.text(), after.text()));
    }

    /** @param was what is shown of the place before; given only if somebody sees it */
    void add(Kind kind, Nature nature, Pointer before, Pointer after, Supplier<String> was, Supplier<String> is) {
        add(nature, () -> new SchemaChange(kind, nature, path(before), path(after), was.get(), is.get()));
    }

    private void add(Nature nature, Supplier<SchemaChange> change) {
        List<Found> ofNature = found.computeIfAbsent(nature, _ -> new ArrayList<>());
        if (ofNature.size() < SchemaChange.MAX_LISTED) {
            ofNature.add(new Found(count++, change.get()));
        }
    }

    private static String path(Pointer pointer) {
        return pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
    }

    List<SchemaChange> list() {
        // The natures are declared in the order of their weight.
        return found.values().stream()
                .flatMap(List::stream)
                .limit(SchemaChange.MAX_LISTED)
                .sorted(Comparator.comparingInt(Found::number))
                .map(Found::change)
                .toList();
    }
}
