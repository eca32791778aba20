package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternContainmentTest {
    private static final List<String> ATOMS = List.of(
            "a", "b", "ab", ".", "[ab]", "[^a]", "\\d", "\\w", "[a-c-]", "0", "^", "$", "\\.", "\\D", "[\\w-]", "-");
    private static final List<String> REPETITIONS =
            List.of("", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{2,3}", "*?", "{0}");
    private static final String CHARACTERS = "aab0-._\uD83D\uDE00";

    private static PatternContainment compare(String inner, String outer) {
        return PatternContainment.of(new NamePattern(inner), new NamePattern(outer), new Effort(10_000_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^a$ ^[a-z]+$",
                "^a+$ a",
                "^v?\\d+(\\.\\d+){2}$ ^v?\\d+(\\.\\d+){0,3}$",
                "^[0-9a-f]{8}$ ^[0-9a-f]{8,16}$",
                "^(a|b)$ ^[ab]$",
                "^a ^a|^b",
                "^\\d{4}-\\d{2}$ ^[0-9-]+$"
            })
    void expression_thatIsWider_isContained(String inner, String outer) {
        assertThat(compare(inner, outer)).isEqualTo(new PatternContainment.Contained());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"^[a-z]+$ ^a$ b", "a ^a$ aa", "^[ab]*$ ^[ab]+$ ''", "^\\d+$ ^\\d{1,3}$ 0000"})
    void expression_thatIsNarrower_isRefutedByAText(String inner, String outer, String text) {
        assertThat(compare(inner, outer))
                .isInstanceOfSatisfying(
                        PatternContainment.Refuted.class,
                        refuted -> assertThat(refuted.text()).hasSameSizeAs(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"(?=a)b b", "\\bword word", "(a)\\1 a", "[]a] a", "^(a|b)*a(a|b){60}$ ^(b|a)*a(b|a){61}$"})
    void expression_thatIsNotRead_isUnknown(String inner, String outer) {
        assertThat(compare(inner, outer)).isEqualTo(new PatternContainment.Unknown());
    }

    @Test
    void automata_ofRandomExpressions_sayWhatTheExpressionsSay() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int contained = 0;
        for (int i = 0; i < 4_000; i++) {
            NamePattern inner = new NamePattern(expression(random, 2));
            NamePattern outer = new NamePattern(random.nextBoolean() ? expression(random, 2) : inner.text() + "?");
            String pair = "seed %d, %s in %s".formatted(seed, inner.text(), outer.text());
            PatternContainment answer = PatternContainment.of(inner, outer, new Effort(10_000_000));
            PatternAutomaton automaton = PatternAutomaton.of(inner);
            for (int j = 0; j < 20; j++) {
                String text = text(random);
                boolean isFound = inner.isFoundIn(text);
                assertThat(accepts(automaton, text)).as("%s, '%s'", pair, text).isEqualTo(isFound);
                if (isFound && answer instanceof PatternContainment.Contained) {
                    assertThat(outer.isFoundIn(text)).as("%s, '%s'", pair, text).isTrue();
                }
            }
            if (answer instanceof PatternContainment.Refuted(String text)) {
                assertThat(inner.isFoundIn(text)).as("%s, '%s'", pair, text).isTrue();
                assertThat(outer.isFoundIn(text)).as("%s, '%s'", pair, text).isFalse();
            }
            contained += answer instanceof PatternContainment.Contained ? 1 : 0;
        }
        assertThat(contained).isPositive();
    }

    private static boolean accepts(PatternAutomaton automaton, String text) {
        BitSet states = automaton.begin();
        for (int c : text.codePoints().toArray()) {
            states = automaton.after(states, c);
        }
        return automaton.accepts(states, text.isEmpty());
    }

    private static String expression(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int atoms = 1 + random.nextInt(3);
        for (int i = 0; i < atoms; i++) {
            boolean isGroup = depth > 0 && random.nextInt(4) == 0;
            String atom = isGroup
                    ? "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")"
                    : ATOMS.get(random.nextInt(ATOMS.size()));
            boolean isAssertion = atom.equals("^") || atom.equals("$");
            text.append(atom.length() == 2 && !isGroup && !atom.startsWith("\\") ? "(?:" + atom + ")" : atom)
                    // Groups are not repeated: there Java's own matcher misses texts that it should find.
                    .append(isAssertion || isGroup ? "" : REPETITIONS.get(random.nextInt(REPETITIONS.size())));
        }
        return text.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(CHARACTERS.codePointCount(0, CHARACTERS.length()));
            text.appendCodePoint(CHARACTERS.codePointAt(CHARACTERS.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }
}
