package io.llmschema.format.avro;

import io.llmschema.model.SchemaOutline;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the words of a schema, each once. */
final class Outline {
    /** The most names, documentation texts and fields together: a schema of thousands is found by its first ones. */
    private static final int MAX_ENTRIES = 20_000;

    private record Title(int depth, String text) {}

    private final Set<Title> titles = new LinkedHashSet<>();
    private final Set<String> descriptions = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    void title(int depth, String text) {
        if (hasRoom()) {
            titles.add(new Title(depth, text));
        }
    }

    void description(String text) {
        if (hasRoom()) {
            descriptions.add(text);
        }
    }

    void name(String name) {
        if (hasRoom()) {
            names.add(name);
        }
    }

    private boolean hasRoom() {
        return titles.size() + descriptions.size() + names.size() < MAX_ENTRIES;
    }

    SchemaOutline finish() {
        List<String> outermostFirst = titles.stream()
                .sorted(Comparator.comparingInt(Title::depth))
                .map(Title::text)
                .distinct()
                .toList();
        return new SchemaOutline(outermostFirst, List.copyOf(descriptions), List.copyOf(names));
    }
}
