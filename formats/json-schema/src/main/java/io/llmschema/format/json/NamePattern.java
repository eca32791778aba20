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

    private static final Pattern REPETITION = Pattern.compile("\\{\\d+(?:,\\d*)?\\}");

    private final String text;
    private final @Nullable Pattern pattern;

    NamePattern(String text) {
        this.text = text;
        this.pattern = compile(text);
    }

    private static @Nullable Pattern compile(String text) {
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
