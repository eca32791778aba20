package io.llmschema.format.json;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a text in which a regular expression is found: its shortest branches, each repetition as often as it must be.
 *
 * <p>It reads what people commonly write. Whether the text is one is for the expression to say.
 */
final class PatternSample {
    private static final int MAX_LENGTH = 1_000;

    /** How many texts are made of one expression. */
    private static final int MAX_CHOICES = 6;

    private final String pattern;

    /** Which of several branches is taken, and how often more than it must be something is repeated that may be. */
    private final int choice;

    private int at;

    private PatternSample(String pattern, int choice) {
        this.pattern = pattern;
        this.choice = choice;
    }

    /** Texts of different branches. */
    static List<String> several(NamePattern pattern) {
        return IntStream.range(0, MAX_CHOICES)
                .mapToObj(choice -> of(pattern, choice))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Empty if there is none, or the expression is of a kind that is not read. */
    static Optional<String> of(NamePattern pattern) {
        return of(pattern, 0);
    }

    private static Optional<String> of(NamePattern pattern, int choice) {
        try {
            String sample = new PatternSample(pattern.text(), choice).alternatives();
            return pattern.isFoundIn(sample) ? Optional.of(sample) : Optional.empty();
        } catch (TooHard | StackOverflowError _) {
            return Optional.empty();
        }
    }

    private boolean isMore() {
        return at < pattern.length();
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private char next() {
        if (!isMore()) {
            throw new TooHard("the expression ends early");
        }
        return pattern.charAt(at++);
    }

    private boolean take(char expected) {
        if (isMore() && peek() == expected) {
            at++;
            return true;
        }
        return false;
    }

    private String alternatives() {
        String chosen = sequence();
        for (int branch = 1; take('|'); branch++) {
            String next = sequence();
            chosen = branch <= choice ? next : chosen;
        }
        return chosen;
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (isMore() && peek() != '|' && peek() != ')') {
            String one = atom();
            int times = repetition();
            if (text.length() + (long) one.length() * times > MAX_LENGTH) {
                throw new TooHard("the text would be long");
            }
            text.append(one.repeat(times));
        }
        return text.toString();
    }

    private String atom() {
        char c = next();
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> "a";
            case '(' -> group();
            case '[' -> oneOf();
            case '\\' -> escaped();
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean isAhead = false;
        if (take('?')) {
            char kind = next();
            if (kind == '<') {
                while (next() != '>') {}
            } else if (kind == '!' || kind == '=') {
                isAhead = true;
            } else if (kind != ':') {
                throw new TooHard("a group of a kind that is not read");
            }
        }
        String inner = alternatives();
        if (!take(')')) {
            throw new TooHard("a group that does not end");
        }
        return isAhead ? "" : inner;
    }

    private String escaped() {
        char c = next();
        return switch (c) {
            case 'd' -> "0";
            case 'w', 'S', 'D' -> "a";
            case 's', 'W' -> " ";
            case 'b', 'B' -> "";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'u' -> {
                String digits = pattern.substring(at, Math.min(pattern.length(), at + 4));
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw new TooHard("an escape that is not read");
                }
                at += 4;
                yield String.valueOf((char) Integer.parseInt(digits, 16));
            }
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new TooHard("an escape that is not read");
                }
                yield String.valueOf(c);
            }
        };
    }

    /** A character of a class: the first that is in it, or one of a few that are not in it. */
    private String oneOf() {
        int start = at - 1;
        boolean isNegated = take('^');
        String first = null;
        while (!(isMore() && peek() == ']' && first != null) && isMore()) {
            char c = next();
            String one = c == '\\' ? escaped() : String.valueOf(c);
            first = first == null ? one : first;
        }
        next();
        if (!isNegated && first != null) {
            return first;
        }
        NamePattern whole = new NamePattern("^" + pattern.substring(start, at) + "$");
        for (String candidate : List.of("a", "0", "-", " ", "_", "A")) {
            if (whole.isFoundIn(candidate)) {
                return candidate;
            }
        }
        throw new TooHard("no character was found");
    }

    private int repetition() {
        if (!isMore()) {
            return 1;
        }
        int times = 1;
        if (take('*') || take('?')) {
            times = choice % 2;
        } else if (take('+')) {
            times = 1;
        } else if (peek() == '{' && pattern.substring(at).matches("(?s)\\{\\d{1,4}(,\\d{0,9})?}.*")) {
            at++;
            int number = 0;
            while (Character.isDigit(peek())) {
                number = 10 * number + (next() - '0');
            }
            while (next() != '}') {}
            times = number;
        } else {
            return 1;
        }
        if (!take('?')) {
            take('+');
        }
        return times;
    }
}
