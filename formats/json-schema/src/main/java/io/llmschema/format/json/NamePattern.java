package io.llmschema.format.json;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a schema, as far as it can be read.
 *
 * <p>It is looked for in a text with a bound on the characters that are looked at, so that none can be made to take long.
 */
final class NamePattern {
    /** The most characters that one search looks at, some of them many times. */
    private static final int MAX_LOOKS = 100_000;

    /** The longest expression that is read: what Java takes for it grows with the square. */
    private static final int MAX_LENGTH = 20_000;

    /** How often a character of a long text may be looked at before another way is tried. */
    private static final int LOOKS_PER_CHARACTER = 4;

    /** An expression that can be tried in so few ways on a text needs no bound, which costs more than the search. */
    private static final int FEW_WAYS = 1_000;

    private static final int WAYS_PER_STEP = 16;

    /** What it costs to read an expression as an automaton. */
    private static final int STEPS_OF_READING = 10_000;

    private static final Pattern REPETITION = Pattern.compile("\\{\\d+(?:,\\d*)?\\}");

    private static final Pattern FIXED_REPETITION = Pattern.compile("\\{\\d+\\}");

    private final String text;
    private final @Nullable Pattern pattern;

    /** How many parts of it take a number of characters that is not fixed; negative: they are within one another, or it was not looked. */
    private final int openParts;

    private final boolean isAnchored;

    NamePattern(String text) {
        this.text = text;
        this.pattern = compile(text);
        this.openParts = openParts(text);
        this.isAnchored = text.startsWith("^");
    }

    private static @Nullable Pattern compile(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return Pattern.compile(inJava(text));
        } catch (PatternSyntaxException | StackOverflowError _) {
            return null;
        }
    }

    /**
     * What ECMA-262 means by an expression, in Java's words: {@code $} is the end and no place before a line's end, a brace that begins no
     * repetition is itself (annex B), and in a class so are brackets and ampersands.
     */
    private static String inJava(String text) {
        StringBuilder java = new StringBuilder();
        boolean isInClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                int end = endOfEscape(text, i);
                java.append(text, i, end);
                i = end - 1;
            } else if (isInClass) {
                isInClass = c != ']';
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else {
                isInClass = c == '[';
                boolean isLoneBrace = c == '{'
                        && !REPETITION.matcher(text).region(i, text.length()).lookingAt();
                java.append(isLoneBrace ? "\\{" : c == '$' ? "\\z" : String.valueOf(c));
            }
        }
        return java.toString();
    }

    /** Behind an escape, with the braces that belong to it. */
    private static int endOfEscape(String text, int start) {
        boolean hasBraces = "pPuxk".indexOf(text.charAt(start + 1)) >= 0 && text.startsWith("{", start + 2);
        int close = hasBraces ? text.indexOf('}', start) : -1;
        return close < 0 ? start + 2 : close + 1;
    }

    /** Simple expressions only: characters, classes, and what repeats one of these. */
    private static int openParts(String text) {
        int parts = 0;
        boolean isInClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                // Only classes and characters: no references, no places.
                char escaped = i < text.length() ? text.charAt(i) : 'b';
                if ("dDwWsS".indexOf(escaped) < 0 && Character.isLetterOrDigit(escaped)) {
                    return -1;
                }
            } else if (isInClass) {
                isInClass = c != ']';
            } else if (c == '[') {
                isInClass = true;
            } else if ("()|".indexOf(c) >= 0) {
                return -1;
            } else if ("*+?".indexOf(c) >= 0
                    || (c == '{'
                            && !FIXED_REPETITION
                                    .matcher(text)
                                    .region(i, text.length())
                                    .lookingAt())) {
                parts++;
            }
        }
        return parts;
    }

    /** In how many ways a simple expression can be tried on a text of some length, times that; of other expressions too many. */
    private long mostWays(int length) {
        if (openParts < 0) {
            return Long.MAX_VALUE;
        }
        long ways = length + 1L;
        for (int part = isAnchored ? 1 : 0; part <= openParts && ways <= FEW_WAYS; part++) {
            ways *= length + 1L;
        }
        return ways;
    }

    /** As it is written. */
    String text() {
        return text;
    }

    /** @throws TooHard it cannot be said */
    boolean isFoundIn(String where) {
        if (pattern == null) {
            throw new TooHard("the expression '" + text + "' cannot be read");
        }
        try {
            return pattern.matcher(new Looked(where, new int[] {MAX_LOOKS})).find();
        } catch (StackOverflowError _) {
            throw new TooHard("the expression '" + text + "' is too deep");
        }
    }

    /**
     * As {@link #isFoundIn(String)}, for texts of any length, and paid for: a look costs a step. An expression that backtracks too much is looked
     * for again with its automaton, which takes time proportional to the text.
     *
     * @throws TooHard it cannot be said, or there are not enough steps left
     */
    boolean isFoundIn(String where, Effort effort) {
        if (pattern == null) {
            throw new TooHard("the expression '" + text + "' cannot be read");
        }
        long ways = mostWays(where.length());
        if (ways <= FEW_WAYS) {
            effort.step(1 + ways / WAYS_PER_STEP);
            return pattern.matcher(where).find();
        }
        int looks = (int) Math.min(Integer.MAX_VALUE, MAX_LOOKS + (long) LOOKS_PER_CHARACTER * where.length());
        int[] left = {looks};
        try {
            boolean isFound = pattern.matcher(new Looked(where, left)).find();
            effort.step(looks - left[0]);
            return isFound;
        } catch (TooHard | StackOverflowError _) {
            effort.step(looks - Math.max(0, left[0]) + STEPS_OF_READING);
            return PatternAutomaton.of(this).isFoundIn(where, effort);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** A text that counts how often it is looked at. */
    private record Looked(CharSequence of, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooHard("an expression takes too long to look for");
            }
            return of.charAt(index);
        }

        @Override
        public int length() {
            return of.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looked(of.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return of.toString();
        }
    }
}
