package io.llmschema.storage.postgres;

import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaOutline;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An outline, and the description given beside it, as text for PostgreSQL's full-text search.
 *
 * @param titles the titles as sentences
 * @param descriptions the descriptions as sentences
 * @param words names and their parts: {@code orderTotal} as "ordertotal order total"
 */
record SearchText(String titles, String descriptions, String words) {
    /**
     * The most characters of each part that are indexed. It keeps the search document of a schema of several megabytes small beside
     * its content; what lies beyond is not found by its words.
     */
    static final int MAX_LENGTH = 16_384;

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CAMEL_BOUNDARY =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");

    static SearchText of(SchemaOutline outline, Metadata metadata) {
        Set<String> words = new LinkedHashSet<>();
        int length = 0;
        for (Collection<String> names : List.of(outline.titles(), outline.fieldNames())) {
            for (String name : names) {
                for (String word : wordsOf(name)) {
                    if (length + word.length() < MAX_LENGTH && words.add(word)) {
                        length += word.length() + 1;
                    }
                }
                if (length >= MAX_LENGTH - 1) {
                    break;
                }
            }
        }
        List<String> descriptions = Stream.concat(
                        Stream.ofNullable(metadata.description()), outline.descriptions().stream())
                .toList();
        return new SearchText(joined(outline.titles()), joined(descriptions), String.join(" ", words));
    }

    private static Set<String> wordsOf(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String part : NOT_WORD.split(name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name)) {
            if (!part.isEmpty()) {
                words.add(part.toLowerCase(Locale.ROOT));
                for (String piece : CAMEL_BOUNDARY.split(part)) {
                    words.add(piece.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }

    private static String joined(List<String> texts) {
        StringBuilder joined = new StringBuilder();
        for (String text : texts) {
            if (joined.length() >= MAX_LENGTH) {
                break;
            }
            joined.append(text, 0, Math.min(text.length(), MAX_LENGTH - joined.length()))
                    .append(".\n");
        }
        return stored(joined.toString());
    }

    /** PostgreSQL's text type has no NUL, and UTF-8 has no split surrogate pairs. */
    private static String stored(String text) {
        StringBuilder stored = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .forEach(stored::appendCodePoint);
        return stored.toString();
    }
}
