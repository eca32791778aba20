package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSelectorTest {
    @Test
    void parse_eachForm_isToldApart() {
        assertThat(VersionSelector.parse("latest")).isEqualTo(VersionSelector.LATEST);
        assertThat(VersionSelector.parse("1.2.3-rc.1+b"))
                .isEqualTo(new VersionSelector.Exact(Version.parse("1.2.3-rc.1+b")));
        assertThat(VersionSelector.parse("ordinal:7")).isEqualTo(new VersionSelector.Numbered(7));
        assertThat(VersionSelector.parse("1.2")).isEqualTo(new VersionSelector.InRange(VersionRange.parse("1.2")));
        assertThat(VersionSelector.parse("=1.2.3")).isInstanceOf(VersionSelector.InRange.class);
        assertThat(VersionSelector.parse("7"))
                .as("a major version, not an ordinal")
                .isInstanceOf(VersionSelector.InRange.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.2.3-rc.1+b", "ordinal:7", "^1.2 || 3"})
    void toString_isWhatParseReads(String text) {
        assertThat(VersionSelector.parse(text)).hasToString(text);
    }

    @Test
    void parse_ofRandomText_isAVersionWhereverThatIsOne() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] parts = {
            "0", "1", "2", "10", "01", "2147483648", ".", ".", "-", "+", "rc", "x", "^", ">=", " ", "||", "\u00e9"
        };
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(1 + random.nextInt(9), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .reduce(random.nextInt(3) == 0 ? "1.2.3" : "", String::concat);
            String padded = random.nextInt(50) == 0 ? text + "-" + "a".repeat(random.nextInt(140)) : text;

            assertThat(outcome(() -> VersionSelector.parse(padded)))
                    .as("seed %d: '%s'", seed, padded)
                    .isEqualTo(outcome(() -> versionOrElseRange(padded)));
        }
    }

    private static VersionSelector versionOrElseRange(String text) {
        try {
            return new VersionSelector.Exact(Version.parse(text));
        } catch (InvalidValue e) {
            return new VersionSelector.InRange(VersionRange.parse(text));
        }
    }

    /** What is returned, or how it is refused. */
    private static Object outcome(Supplier<VersionSelector> parse) {
        try {
            return parse.get();
        } catch (InvalidValue e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Latest",
                "newest",
                "ordinal:",
                "ordinal:0",
                "ordinal:-1",
                "ordinal:x",
                "ordinal:1.0",
                "ordinal:2147483648",
                "1.2.3.4"
            })
    void parse_noneOfThem_isRefused(String text) {
        assertThatThrownBy(() -> VersionSelector.parse(text))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("version"));
    }
}
