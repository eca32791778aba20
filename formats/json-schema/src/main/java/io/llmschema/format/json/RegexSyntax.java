package io.llmschema.format.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The syntax that all dialects of regular expressions share.
 *
 * <p>JSON Schema advises the expressions of ECMA-262, and people write those of Java, Python and PCRE too. So a pattern is refused
 * only for what none of them can read: brackets and groups that are not closed or never were opened, a backslash at the end,
 * something repeated that is not there, and ranges and repetitions that go backwards. What lies between is left to the validator
 * that will use it. Patterns are only looked at, character by character; never compiled and never run, so that none can be made to
 * take long.
 */
final class RegexSyntax {
    private final String pattern;
    private int at;
    private int depth;
    private boolean isRepeatable;

    private RegexSyntax(String pattern) {
        this.pattern = pattern;
    }

    /** What is wrong with a pattern; absent where nothing certainly is. */
    static Optional<String> mistakeIn(String pattern) {
        return Optional.ofNullable(new RegexSyntax(pattern).scan());
    }

    private @Nullable String scan() {
        while (at < pattern.length()) {
            String mistake = step(pattern.charAt(at));
            if (mistake != null) {
                return mistake;
            }
        }
        return depth > 0 ? "a group is not closed" : null;
    }

    private @Nullable String step(char c) {
        switch (c) {
            case '\\' -> {
                if (at + 1 == pattern.length()) {
                    return "it ends in a backslash";
                }
                at += 2;
                isRepeatable = true;
            }
            case '[' -> {
                return characterClass();
            }
            case '(' -> openGroup();
            case ')' -> {
                if (depth-- == 0) {
                    return "a ')' at " + at + " closes nothing";
                }
                at++;
                isRepeatable = true;
            }
            case '|' -> {
                at++;
                isRepeatable = false;
            }
            case '*', '+', '?' -> {
                if (!isRepeatable) {
                    return "there is nothing to repeat before the '" + c + "' at " + at;
                }
                at++;
                skipMode();
            }
            case '{' -> {
                return braces();
            }
            default -> {
                at++;
                isRepeatable = true;
            }
        }
        return null;
    }

    /** After a quantifier may come {@code ?} for lazy and, in some dialects, {@code +} for possessive. */
    private void skipMode() {
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
        isRepeatable = false;
    }

    private void openGroup() {
        depth++;
        at++;
        isRepeatable = false;
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            // A kind of group: what follows the mark differs between dialects, and is no quantifier.
            at++;
            isRepeatable = true;
            if (at < pattern.length() && "*+?".indexOf(pattern.charAt(at)) < 0 && pattern.charAt(at) != ')') {
                at++;
                isRepeatable =
                        pattern.charAt(at - 1) != ':' && pattern.charAt(at - 1) != '=' && pattern.charAt(at - 1) != '!';
            }
        }
    }

    /** A repetition {@code {2,3}}; any other brace stands for itself. */
    private @Nullable String braces() {
        int i = at + 1;
        int comma = -1;
        while (i < pattern.length() && (isDigit(i) || (pattern.charAt(i) == ',' && comma < 0))) {
            if (pattern.charAt(i) == ',') {
                comma = i;
            }
            i++;
        }
        boolean isRepetition = i < pattern.length() && pattern.charAt(i) == '}' && i > at + 1 && isDigit(at + 1);
        if (!isRepetition) {
            at++;
            isRepeatable = true;
            return null;
        }
        if (comma >= 0 && comma + 1 < i && isLess(pattern.substring(comma + 1, i), pattern.substring(at + 1, comma))) {
            return "the repetition " + Report.quote(pattern.substring(at, i + 1)) + " goes backwards";
        }
        at = i + 1;
        if (isRepeatable) {
            skipMode();
        }
        return null;
    }

    private boolean isDigit(int i) {
        return pattern.charAt(i) >= '0' && pattern.charAt(i) <= '9';
    }

    /** Compares digits of any number. */
    private static boolean isLess(String a, String b) {
        String x = a.replaceFirst("^0+", "");
        String y = b.replaceFirst("^0+", "");
        return x.length() != y.length() ? x.length() < y.length() : x.compareTo(y) < 0;
    }

    /**
     * A class of characters, up to the first {@code ]} as in ECMA-262. Other dialects may read on, past a bracket that comes first
     * or over a class within the class; what they would still take for the class then stands for itself.
     */
    private @Nullable String characterClass() {
        int start = at;
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        int previous = -1;
        while (at < pattern.length()) {
            int c = pattern.codePointAt(at);
            if (c == ']') {
                at++;
                isRepeatable = true;
                return null;
            }
            int next = at + Character.charCount(c);
            if (c == '\\') {
                at += 2;
                previous = -1;
            } else if (c == '-' && previous >= 0 && isPlain(next)) {
                int last = pattern.codePointAt(next);
                if (last < previous) {
                    return "the range " + Report.quote(Character.toString(previous) + "-" + Character.toString(last))
                            + " goes backwards";
                }
                at = next + Character.charCount(last);
                previous = -1;
            } else {
                at = next;
                previous = c;
            }
        }
        return "the class of characters that begins at " + start + " is not closed";
    }

    /** Whether there is a character that ends a range and nothing else: no escape, no bracket, no {@code --} of a difference. */
    private boolean isPlain(int i) {
        return i < pattern.length() && "\\[]-&".indexOf(pattern.charAt(i)) < 0;
    }
}
