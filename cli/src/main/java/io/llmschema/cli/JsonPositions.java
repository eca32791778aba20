package io.llmschema.cli;

import io.llmschema.json.JsonPlaces;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The lines and columns in a text of what JSON Pointers point at. */
final class JsonPositions {
    /** So many steps up is a value looked for that is there; beyond stands the text as a whole. */
    private static final int MAX_STEPS_UP = 32;

    private JsonPositions() {}

    /**
     * The places by their pointers. Of a pointer to what is not there, such as a property that went away, it is the nearest value around it.
     * What is no pointer, or leads into a text that is no JSON, has its path alone.
     */
    static Map<String, Finding.Place> of(String text, Collection<String> pointers) {
        Set<String> wanted = new LinkedHashSet<>();
        pointers.stream()
                .filter(JsonPositions::isPointer)
                .forEach(pointer -> upwards(pointer).forEach(wanted::add));
        Map<String, JsonPlaces.Place> found = find(text, wanted);
        Map<String, Finding.Place> places = new HashMap<>();
        pointers.forEach(pointer -> places.put(pointer, nearest(pointer, found)));
        return places;
    }

    private static boolean isPointer(String path) {
        return path.isEmpty() || path.startsWith("/");
    }

    private static Stream<String> upwards(String pointer) {
        Stream<String> steps = Stream.iterate(pointer, at -> !at.isEmpty(), at -> at.substring(0, at.lastIndexOf('/')))
                .limit(MAX_STEPS_UP);
        return Stream.concat(steps, Stream.of(""));
    }

    private static Map<String, JsonPlaces.Place> find(String text, Set<String> wanted) {
        try {
            return wanted.isEmpty() ? Map.of() : JsonPlaces.find(text, List.copyOf(wanted));
        } catch (JacksonException notJson) {
            return Map.of();
        }
    }

    private static Finding.Place nearest(String pointer, Map<String, JsonPlaces.Place> found) {
        if (!isPointer(pointer)) {
            return Finding.Place.ofPath(pointer);
        }
        return upwards(pointer)
                .filter(found::containsKey)
                .findFirst()
                .map(found::get)
                .map(place -> new Finding.Place(pointer, place.line(), place.column()))
                .orElseGet(() -> Finding.Place.ofPath(pointer));
    }
}
