package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
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
