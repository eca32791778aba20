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

    /** What {@link #wordsOf} sees in a character; a walk, as regular expressions took a tenth of a registration. */
    private enum Kind {
        LOWER,
        UPPER,
        OTHER_LETTER,
        NUMBER,
        NO_WORD;

        static Kind at(String name, int index) {
            if (index >= name.length()) {
                return NO_WORD;
            }
            int c = name.codePointAt(index);
            return switch (Character.getType(c)) {
                case Character.LOWERCASE_LETTER -> LOWER;
                case Character.UPPERCASE_LETTER -> UPPER;
                case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
                default -> Character.isLetter(c) ? OTHER_LETTER : NO_WORD;
            };
        }

        /** Whether a part of a word begins here: as at the bars of {@code order|Total}, {@code HTTP|Server} and {@code line|2}. */
        boolean beginsPart(Kind before, Kind after) {
            return switch (this) {
                case UPPER -> before == LOWER || (before == UPPER && after == LOWER);
                case NUMBER -> before != NUMBER;
                case LOWER, OTHER_LETTER, NO_WORD -> false;
            };
        }
    }

    private static Set<String> wordsOf(String name) {
        Set<String> words = new LinkedHashSet<>();
        String text = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
        List<String> parts = new ArrayList<>();
        Kind before = Kind.NO_WORD;
        int wordStart = 0;
        int partStart = 0;
        int next;
        for (int at = 0; at <= text.length(); at = next) {
            next = at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
            Kind kind = Kind.at(text, at);
            if (before == Kind.NO_WORD) {
                wordStart = at;
                partStart = at;
            } else if (kind == Kind.NO_WORD) {
                parts.add(text.substring(partStart, at).toLowerCase(Locale.ROOT));
                words.add(text.substring(wordStart, at).toLowerCase(Locale.ROOT));
                words.addAll(parts);
                parts.clear();
            } else if (kind.beginsPart(before, Kind.at(text, next))) {
                parts.add(text.substring(partStart, at).toLowerCase(Locale.ROOT));
                partStart = at;
            }
            before = kind;
        }
        return words;
    }

    /** The sentences of the texts, each once. */
    private static String sentences(List<String> texts) {
        Set<String> sentences = new LinkedHashSet<>();
        int length = 0;
        for (String text : texts) {
            for (String sentence : split(stored(text))) {
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

    private static String[] split(String text) {
        boolean isOne = text.chars().allMatch(c -> (Character.isLetterOrDigit(c) || c == ' ') && c < 0x7f);
        return isOne ? new String[] {text} : SENTENCE_END.split(text);
    }

    private static List<String> pieces(String sentence) {
        if (sentence.length() <= MAX_SENTENCE_LENGTH) {
            return sentence.isEmpty() ? List.of() : List.of(sentence);
        }
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
        if (text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '<' && c != '>')) {
            return text;
        }
        StringBuilder stored = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        text.codePoints()
                .limit(MAX_LENGTH)
                .filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .map(c -> c == '<' || c == '>' ? ' ' : c)
                .forEach(stored::appendCodePoint);
        return stored.toString();
    }
}
