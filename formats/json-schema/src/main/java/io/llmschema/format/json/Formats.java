package io.llmschema.format.json;

import java.util.Map;
import java.util.Set;

/** The words of {@code format} that mean something to a validator, those that the drafts since 04 define, and for each a text that is one. */
final class Formats {
    /** A text of each format. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("date-time", "2020-01-02T03:04:05Z"),
            Map.entry("date", "2020-01-02"),
            Map.entry("time", "03:04:05Z"),
            Map.entry("duration", "P1D"),
            Map.entry("email", "a@example.com"),
            Map.entry("hostname", "example.com"),
            Map.entry("ipv4", "127.0.0.1"),
            Map.entry("ipv6", "::1"),
            Map.entry("uri", "http://example.com/a"),
            Map.entry("uri-reference", "a"),
            Map.entry("uuid", "01890a5d-ac96-774b-bcce-b302099a8057"),
            Map.entry("regex", "a"),
            Map.entry("json-pointer", "/a"),
            Map.entry("relative-json-pointer", "0"),
            Map.entry("idn-email", "a@example.com"),
            Map.entry("idn-hostname", "example.com"),
            Map.entry("iri", "http://example.com/a"),
            Map.entry("iri-reference", "a"),
            Map.entry("uri-template", "/{a}"));

    private Formats() {}

    static Set<String> known() {
        return EXAMPLES.keySet();
    }

    static boolean areKnown(String format) {
        return EXAMPLES.containsKey(format);
    }

    /**
     * Whether a text is of a known format, as far as that can be told without a validator: what is an example of it is one, and what is
     * obviously none is none.
     *
     * @throws TooHard it is neither
     */
    static boolean accept(String format, String text) {
        if (text.equals(example(format))) {
            return true;
        }
        if (text.equals(NONE)) {
            return false;
        }
        throw new TooHard("whether a text is of the format " + format);
    }

    /** A text that is of none of them. */
    static final String NONE = "\u0000 <[%";

    /** A text of a format that is known. */
    static String example(String format) {
        return EXAMPLES.getOrDefault(format, "");
    }
}
