package io.llmschema.json;

import io.llmschema.model.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Where values stand in a well-formed JSON text. */
public final class JsonPlaces {
    /** The most characters of a pointer that is worth telling; names have no bound. */
    public static final int MAX_POINTER_LENGTH = 2_000;

    private JsonPlaces() {}

    /**
     * The stretch of text that is a value.
     *
     * @param start the offset of its first {@code char}
     * @param end the offset after its last {@code char}: {@code text.substring(start, end)} is the value as it was written
     * @param line of its start, counted from 1
     * @param column of its start, counted from 1, in characters
     */
    public record Place(int start, int end, int line, int column) {}

    /**
     * The places of some values, found in one pass over the text. A pointer that leads nowhere is left out.
     *
     * @param text well-formed JSON without duplicate names
     */
    public static Map<String, Place> find(String text, Collection<String> pointers) {
        Search search = new Search(text);
        pointers.forEach(search::want);
        return search.run();
    }

    /**
     * Violations with the line and column of what their pointers point at, the first in the text first. Those without a pointer, or
     * which have a line already, stay as they are and come where they would have come.
     */
    public static List<Violation> place(String text, List<Violation> violations) {
        Map<String, Place> places = find(
                text,
                violations.stream()
                        .filter(v -> v.pointer() != null && v.line() == 0)
                        .map(Violation::pointer)
                        .toList());
        List<Violation> placed = new ArrayList<>();
        for (Violation violation : violations) {
            Place place = violation.pointer() == null ? null : places.get(violation.pointer());
            placed.add(
                    place == null
                            ? violation
                            : new Violation(violation.pointer(), place.line(), place.column(), violation.reason()));
        }
        placed.sort(Comparator.comparingInt(Violation::line).thenComparingInt(Violation::column));
        return placed;
    }

    /** A violation at an offset, counted in {@code char}s, told as line and column. */
    static Violation violationAt(String text, int offset, String reason) {
        Lines lines = new Lines(text);
        lines.advanceTo(offset);
        return Violation.atLine(lines.line, lines.column(), reason);
    }

    /** Counts lines and columns while moving forward through a text. */
    private static final class Lines {
        private final String text;
        private int line = 1;
        private int lineStart;
        private int offset;

        Lines(String text) {
            this.text = text;
        }

        void advanceTo(int target) {
            int end = Math.min(target, text.length());
            for (; offset < end; offset++) {
                if (text.charAt(offset) == '\n') {
                    line++;
                    lineStart = offset + 1;
                }
            }
        }

        int column() {
            return text.codePointCount(lineStart, offset) + 1;
        }
    }

    /** A step of the wanted pointers: what is wanted here, and what beneath. */
    private static final class Wanted {
        private final List<String> pointers = new ArrayList<>();
        private final Map<String, Wanted> steps = new HashMap<>();
    }

    /** A value that is being passed, and what is wanted of it; null where nothing is. */
    private static final class Passed {
        private final @Nullable Wanted wanted;
        private final int start;
        private final int line;
        private final int column;
        private int nextIndex;
        private @Nullable String nextName;

        Passed(@Nullable Wanted wanted, int start, Lines lines) {
            this.wanted = wanted;
            this.start = start;
            this.line = lines.line;
            this.column = wanted == null ? 0 : lines.column();
        }

        @Nullable
        Wanted next() {
            int index = nextIndex++;
            return wanted == null ? null : wanted.steps.get(nextName != null ? nextName : Integer.toString(index));
        }
    }

    /** One pass over a text. */
    private static final class Search {
        private final String text;
        private final Lines lines;
        private final Wanted root = new Wanted();
        private final Map<String, Place> found = new HashMap<>();
        private final Deque<Passed> open = new ArrayDeque<>();

        Search(String text) {
            this.text = text;
            this.lines = new Lines(text);
        }

        void want(String pointer) {
            Wanted at = root;
            if (!pointer.isEmpty()) {
                for (String step : pointer.substring(1).split("/", -1)) {
                    at = at.steps.computeIfAbsent(Pointer.unescape(step), _ -> new Wanted());
                }
            }
            at.pointers.add(pointer);
        }

        Map<String, Place> run() {
            try (JsonParser parser = JsonReader.parserOf(text)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.PROPERTY_NAME) {
                        open.getLast().nextName = parser.currentName();
                    } else if (token.isStructEnd()) {
                        end(open.removeLast(), parser);
                    } else {
                        Passed value = begin(parser);
                        if (token.isStructStart()) {
                            open.addLast(value);
                        } else {
                            end(value, parser);
                        }
                    }
                }
            }
            return found;
        }

        private Passed begin(JsonParser parser) {
            Wanted wanted = open.isEmpty() ? root : open.getLast().next();
            int start = (int) parser.currentTokenLocation().getCharOffset();
            if (wanted != null) {
                lines.advanceTo(start);
            }
            return new Passed(wanted, start, lines);
        }

        private void end(Passed value, JsonParser parser) {
            if (value.wanted != null && !value.wanted.pointers.isEmpty()) {
                // A string is read only as far as someone asks; its end is known once it is read.
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                Place place = new Place(value.start, end, value.line, value.column);
                value.wanted.pointers.forEach(pointer -> found.put(pointer, place));
            }
        }
    }
}
