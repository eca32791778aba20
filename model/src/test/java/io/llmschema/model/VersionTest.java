package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    /** The list of the standard's own test suite (regex101.com/r/vkijKf), but for the numbers that no int holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "1.2.3",
                "10.20.30",
                "1.1.2-prerelease+meta",
                "1.1.2+meta",
                "1.1.2+meta-valid",
                "1.0.0-alpha",
                "1.0.0-beta",
                "1.0.0-alpha.beta",
                "1.0.0-alpha.beta.1",
                "1.0.0-alpha.1",
                "1.0.0-alpha0.valid",
                "1.0.0-alpha.0valid",
                "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
                "1.0.0-rc.1+build.1",
                "2.0.0-rc.1+build.123",
                "1.2.3-beta",
                "10.2.3-DEV-SNAPSHOT",
                "1.2.3-SNAPSHOT-123",
                "1.0.0",
                "2.0.0",
                "1.1.7",
                "2.0.0+build.1848",
                "2.0.1-alpha.1227",
                "1.0.0-alpha+beta",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.2.3----R-S.12.9.1--.12+meta",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
                "1.0.0-0A.is.legal",
                "1.0.0+001",
                "0.0.0-0",
                "2147483647.2147483647.2147483647"
            })
    void parse_valid_isWrittenTheSame(String text) {
        assertThat(Version.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "+invalid",
                "-invalid",
                "-invalid+invalid",
                "-invalid.01",
                "alpha",
                "alpha.beta",
                "alpha.beta.1",
                "alpha.1",
                "alpha+beta",
                "alpha_beta",
                "alpha.",
                "alpha..",
                "beta",
                "1.0.0-alpha_beta",
                "-alpha.",
                "1.0.0-alpha..",
                "1.0.0-alpha..1",
                "1.0.0-alpha...1",
                "1.0.0-alpha....1",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3.DEV",
                "1.2-SNAPSHOT",
                "1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788",
                "1.2-RC-SNAPSHOT",
                "-1.0.3-gamma+b7718",
                "+justmeta",
                "9.8.7+meta+meta",
                "9.8.7-whatever+meta+meta",
                "99999999999999999999999.999999999999999999.99999999999999999",
                "2147483648.0.0",
                "1.0.0-",
                "1.0.0+",
                "1.0.0-+b",
                "1.0.0-a.",
                "1.0.0-.a",
                "v1.0.0",
                "=1.0.0",
                " 1.0.0",
                "1.0.0 ",
                "1.0.0\n",
                "1.0.0-a\n",
                "1.0.0+b\n",
                "1.0.0-ä",
                "١.0.0",
                "+1.0.0",
                "1.0.0-a b"
            })
    void parse_invalid_isRefused(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("version"));
    }

    @Test
    void parse_tooLong_isRefused() {
        String longest = "1.0.0-" + "a".repeat(Version.MAX_LENGTH - 6);

        assertThat(Version.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> Version.parse(longest + "a")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void new_withInvalidParts_isRefused() {
        assertThatThrownBy(() -> Version.of(-1, 0, 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Version.of(0, -1, 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Version.of(0, 0, -1)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Version(1, 0, 0, "01", "")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Version(1, 0, 0, "a+b", "")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Version(1, 0, 0, "", "a+b")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void new_longerThanCanBeParsed_isRefused() {
        assertThatThrownBy(() -> new Version(1, 0, 0, "a".repeat(Version.MAX_LENGTH), ""))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Version(1, 0, 0, "a".repeat(61), "b".repeat(61)))
                .isInstanceOf(InvalidValue.class);
        assertThat(new Version(1, 0, 0, "a".repeat(61), "b".repeat(60)).toString())
                .hasSize(Version.MAX_LENGTH);
    }

    /** The chain of section 11, and what follows from its rules. */
    @Test
    void compareTo_followsThePrecedenceOfTheStandard() {
        List<Version> ascending = Stream.of(
                        "0.9.9",
                        "1.0.0-0",
                        "1.0.0-9",
                        "1.0.0-10",
                        "1.0.0-9999999999999999999",
                        "1.0.0-10000000000000000000",
                        "1.0.0--",
                        "1.0.0-1a",
                        "1.0.0-Alpha",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0-rc.2",
                        "1.0.0-rc.10",
                        "1.0.0",
                        "1.0.1",
                        "1.1.0",
                        "2.0.0",
                        "2.1.0",
                        "2.1.1",
                        "10.0.0")
                .map(Version::parse)
                .toList();

        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(ascending.get(i).compareTo(ascending.get(j))))
                        .as(ascending.get(i) + " and " + ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void compareTo_ignoresBuildMetadata() {
        assertThat(Version.parse("1.0.0-a+x"))
                .isEqualByComparingTo(Version.parse("1.0.0-a"))
                .isNotEqualTo(Version.parse("1.0.0-a"));
    }

    @Test
    void compareTo_isATotalOrderAndThatOfTheStandard() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            Version a = random(random);
            Version b = random(random);
            Version c = random(random);
            String shown = "seed " + seed + ": " + a + ", " + b + ", " + c;

            assertThat(Integer.signum(a.compareTo(b))).as(shown).isEqualTo(reference(a.toString(), b.toString()));
            assertThat(Integer.signum(b.compareTo(a))).as(shown).isEqualTo(-Integer.signum(a.compareTo(b)));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a).as(shown).isLessThanOrEqualTo(c);
            }
            assertThat(Version.parse(a.toString())).as(shown).isEqualTo(a);
        }
    }

    private static Version random(Random random) {
        String preRelease = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> List.of("0", "1", "9", "10", "99999999999999999999", "a", "A", "-", "1a", "a1", "a-")
                        .get(random.nextInt(11)))
                .collect(Collectors.joining("."));
        return new Version(
                random.nextInt(2),
                random.nextInt(2),
                random.nextInt(2),
                preRelease,
                random.nextBoolean() ? "" : "b.01");
    }

    /** Section 11 of the standard in the plainest words, on the text. */
    private static int reference(String left, String right) {
        String a = left.replaceAll("\\+.*", "");
        String b = right.replaceAll("\\+.*", "");
        String[] coreA = a.split("-", 2)[0].split("\\.");
        String[] coreB = b.split("-", 2)[0].split("\\.");
        for (int i = 0; i < 3; i++) {
            int order = new BigInteger(coreA[i]).compareTo(new BigInteger(coreB[i]));
            if (order != 0) {
                return order;
            }
        }
        if (!a.contains("-") || !b.contains("-")) {
            return Boolean.compare(!a.contains("-"), !b.contains("-"));
        }
        String[] identifiersA = a.split("-", 2)[1].split("\\.");
        String[] identifiersB = b.split("-", 2)[1].split("\\.");
        for (int i = 0; i < Math.min(identifiersA.length, identifiersB.length); i++) {
            boolean isNumberA = identifiersA[i].matches("[0-9]+");
            boolean isNumberB = identifiersB[i].matches("[0-9]+");
            int order = isNumberA && isNumberB
                    ? new BigInteger(identifiersA[i]).compareTo(new BigInteger(identifiersB[i]))
                    : isNumberA != isNumberB ? (isNumberA ? -1 : 1) : identifiersA[i].compareTo(identifiersB[i]);
            if (order != 0) {
                return Integer.signum(order);
            }
        }
        return Integer.compare(identifiersA.length, identifiersB.length);
    }
}
