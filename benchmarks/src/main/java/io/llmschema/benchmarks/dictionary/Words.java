package io.llmschema.benchmarks.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Choices from the vocabulary, the usual words more often than the rare ones, from a seed. */
final class Words {
    private final RandomGenerator random;

    Words(RandomGenerator random) {
        this.random = random;
    }

    /** How the words of a name are joined. */
    enum Case {
        SNAKE,
        CAMEL,
        KEBAB,
        PASCAL,
        UPPER;

        String of(String words) {
            return switch (this) {
                case SNAKE -> words.replace(' ', '_');
                case KEBAB -> words.replace(' ', '-');
                case UPPER -> words.replace(' ', '_').toUpperCase(Locale.ROOT);
                case PASCAL ->
                    Arrays.stream(words.split(" ")).map(Words::capital).collect(Collectors.joining());
                case CAMEL -> {
                    String pascal = PASCAL.of(words);
                    yield Character.toLowerCase(pascal.charAt(0)) + pascal.substring(1);
                }
            };
        }
    }

    boolean isOneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Any of these, each as likely as the others. */
    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One of these, the first the likeliest. */
    String usual(List<String> choices) {
        double place = random.nextDouble();
        return choices.get((int) (place * Math.sqrt(place) * choices.size()));
    }

    String field() {
        return usual(Vocabulary.FIELDS);
    }

    String thing() {
        return usual(Vocabulary.THINGS);
    }

    String verb() {
        return usual(Vocabulary.VERBS);
    }

    String value() {
        return usual(Vocabulary.VALUES);
    }

    /** Fields that differ from each other. */
    List<String> fields(int count) {
        return different(count, Vocabulary.FIELDS);
    }

    /** Values that differ from each other and are found near each other in the vocabulary, as those of one enumeration are. */
    List<String> values(int count) {
        int start = below(Vocabulary.VALUES.size() - count);
        return Vocabulary.VALUES.subList(start, start + count);
    }

    private List<String> different(int count, List<String> choices) {
        Set<String> chosen = new LinkedHashSet<>();
        while (chosen.size() < count) {
            chosen.add(usual(choices));
        }
        return new ArrayList<>(chosen);
    }

    /** A sentence about a field. */
    String sentence(String field) {
        return filled(usual(Vocabulary.SENTENCES), field, thing());
    }

    /** A comment about a field, or whatever the method or message is that the slot {@code {m}} names. */
    String comment(String field, String thing, String method) {
        return filled(usual(Vocabulary.COMMENTS).replace("{m}", method), field, thing);
    }

    private String filled(String sentence, String field, String thing) {
        String text = slots(sentence, "{f}", _ -> field);
        text = slots(text, "{x}", first -> first ? thing : thing());
        text = slots(text, "{v}", _ -> verb());
        return slots(text, "{e}", _ -> value());
    }

    private static String slots(String sentence, String slot, Function<Boolean, String> word) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int at = sentence.indexOf(slot); at >= 0; at = sentence.indexOf(slot, from)) {
            text.append(sentence, from, at).append(word.apply(from == 0));
            from = at + slot.length();
        }
        return text.append(sentence, from, sentence.length()).toString();
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
