package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaOutline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An outline, and the description given beside it, as text for PostgreSQL's full-text search.
 *
 * @param titles the sentences of titles, a line each
 * @param descriptions the sentences of descriptions, a line each
 * @param words names and their parts, a line each: {@code orderTotal} as "ordertotal order total"
 */
record SearchText(String titles, String descriptions, String words) {
    static final SearchText NONE = new SearchText("", "", "");

    /**
     * The most characters of each part that are indexed. It keeps the search document of a schema of several megabytes small beside
     * its content; what lies beyond is not found by its words.
     */
    static final int MAX_LENGTH = 16_384;

    /** The most characters of a sentence; a longer one is cut between words. PostgreSQL reads a sentence as a phrase by recursion. */
    private static final int MAX_SENTENCE_LENGTH = 400;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\R");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CAMEL_BOUNDARY =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");

    static SearchText of(SchemaOutline outline, Metadata metadata) {
        List<String> names = Stream.of(outline.titles(), outline.fieldNames())
                .flatMap(List::stream)
                .map(name -> String.join(" ", wordsOf(name)))
                .toList();
        List<String> descriptions = Stream.concat(
                        Stream.ofNullable(metadata.description()), outline.descriptions().stream())
                .toList();
        return new SearchText(sentences(outline.titles()), sentences(descriptions), sentences(names));
    }

    /** A hash of all of it. */
    long hash() {
        return Fingerprint.sha256(
                        String.join("\n\n", titles, words, descriptions).getBytes(StandardCharsets.UTF_8))
                .first();
    }

    int length() {
        return titles.length() + descriptions.length() + words.length();
    }

    boolean isEmpty() {
        return length() == 0;
    }

    /** The sentences that the other one has not. */
    SearchText without(SearchText other) {
        return new SearchText(
                without(titles, other.titles), without(descriptions, other.descriptions), without(words, other.words));
    }

    private static String without(String sentences, String others) {
        if (sentences.equals(others)) {
            return "";
        }
        Set<String> left = new LinkedHashSet<>(List.of(sentences.split("\n")));
        for (String other : others.split("\n")) {
            left.remove(other);
        }
        return String.join("\n", left);
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

    /** The sentences of the texts, each once. */
    private static String sentences(List<String> texts) {
        Set<String> sentences = new LinkedHashSet<>();
        int length = 0;
        for (String text : texts) {
            for (String sentence : SENTENCE_END.split(stored(text))) {
                for (String piece : pieces(sentence.strip())) {
                    if (length + piece.length() >= MAX_LENGTH) {
                        return String.join("\n", sentences);
                    }
                    if (sentences.add(piece)) {
                        length += piece.length() + 1;
                    }
                }
            }
        }
        return String.join("\n", sentences);
    }

    private static List<String> pieces(String sentence) {
        List<String> pieces = new ArrayList<>();
        String rest = sentence;
        while (rest.length() > MAX_SENTENCE_LENGTH) {
            int end = MAX_SENTENCE_LENGTH;
            while (end > 0 && Character.isLetterOrDigit(Character.codePointBefore(rest, end))) {
                end -= Character.charCount(Character.codePointBefore(rest, end));
            }
            if (end == 0) {
                // A word longer than anyone's: where it is cut does not matter, but that no character is.
                end = rest.offsetByCodePoints(0, MAX_SENTENCE_LENGTH / 2);
            }
            pieces.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        pieces.add(rest);
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    /**
     * What PostgreSQL can store and reads as words: its text type has no NUL, UTF-8 no split surrogate pairs, and what stands between
     * angle brackets, it may be {@code List<Order>}, would be passed over as markup.
     */
    private static String stored(String text) {
        StringBuilder stored = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        text.codePoints()
                .limit(MAX_LENGTH)
                .filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .map(c -> c == '<' || c == '>' ? ' ' : c)
                .forEach(stored::appendCodePoint);
        return stored.toString();
    }
}
