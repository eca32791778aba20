package io.llmschema.systemtests.confluent;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands in angle brackets in a kit's file: {@code <int>} for any integer, {@code <id>} for a value known by that name, {@code <id:int>} for any
 * integer, which is known by that name from there on.
 *
 * @param name absent: the value is not kept
 * @param kind absent: the value is known already
 */
record Placeholder(@Nullable String name, @Nullable Kind kind) {
    /** In a text: what may be a placeholder. */
    static final Pattern IN_TEXT = Pattern.compile("<([a-z][A-Za-z0-9-]*)(?::([a-z0-9]+))?>");

    /** What a value may be. */
    enum Kind {
        ANY(".*"),
        INT("-?[0-9]+"),
        STRING(".*"),
        BOOLEAN("true|false"),
        UUID("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        BASE64("[A-Za-z0-9+/]+={0,2}"),
        OBJECT("\\{.*\\}"),
        ARRAY("\\[.*\\]");

        private static final Set<String> NAMES =
                Stream.of(values()).map(Kind::written).collect(Collectors.toUnmodifiableSet());

        private final String form;

        Kind(String form) {
            this.form = form;
        }

        /** A regular expression for it as a part of a text. */
        String form() {
            return form;
        }

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean admits(JsonNode value) {
            return switch (this) {
                case ANY -> true;
                case INT -> value.isIntegralNumber();
                case STRING -> value.isString();
                case BOOLEAN -> value.isBoolean();
                case UUID, BASE64 -> value.isString() && value.stringValue().matches(form);
                case OBJECT -> value.isObject();
                case ARRAY -> value.isArray();
            };
        }

        static Kind of(String written) {
            if (!NAMES.contains(written)) {
                throw new IllegalArgumentException("there is no kind '" + written + "'; there are " + NAMES);
            }
            return valueOf(written.toUpperCase(Locale.ROOT));
        }
    }

    /** What {@link #IN_TEXT} has found. */
    static Placeholder of(Matcher found) {
        String first = found.group(1);
        @Nullable String second = found.group(2);
        if (second != null) {
            return new Placeholder(first, Kind.of(second));
        }
        return Kind.NAMES.contains(first) ? new Placeholder(null, Kind.of(first)) : new Placeholder(first, null);
    }

    static Placeholder parse(String text) {
        Matcher form = IN_TEXT.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no placeholder; such are <int>, <id> and <id:int>");
        }
        return of(form);
    }
}
