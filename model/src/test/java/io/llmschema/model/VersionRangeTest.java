package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That ranges mean what node-semver documents. */
class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                // range ! members ! others
                "1.2.3          ! 1.2.3 1.2.3+build                 ! 1.2.4 1.2.2 1.2.3-rc.1",
                "=1.2.3         ! 1.2.3                             ! 1.2.4",
                "v1.2.3         ! 1.2.3                             ! 1.2.4",
                "= v1.2.3       ! 1.2.3                             ! 1.2.4",
                "1.2.3-rc.1     ! 1.2.3-rc.1 1.2.3-rc.1+b           ! 1.2.3 1.2.3-rc.2",
                "1.2.3+build    ! 1.2.3 1.2.3+other                 ! 1.2.4",
                ">1.2.3         ! 1.2.4 2.0.0                       ! 1.2.3 1.2.4-rc.1 1.2.2",
                ">=1.2.3        ! 1.2.3 99.0.0                      ! 1.2.2 1.2.3-rc.1 2.0.0-rc.1",
                "<1.2.3         ! 1.2.2 0.0.0                       ! 1.2.3 1.2.3-rc.1 1.2.2-rc.1",
                "<=1.2.3        ! 1.2.3 0.0.1                       ! 1.2.4 1.2.3-rc.1",
                ">= 1.2.3       ! 1.2.3                             ! 1.2.2",
                "> 1            ! 2.0.0                             ! 1.0.0 1.99.99",
                ">1             ! 2.0.0                             ! 1.0.0 1.9.9 2.0.0-rc.1",
                ">1.2           ! 1.3.0                             ! 1.2.0 1.2.99",
                ">1.x           ! 2.0.0                             ! 1.9.9",
                ">=1            ! 1.0.0 2.0.0                       ! 0.9.9 1.0.0-rc.1",
                ">=1.2          ! 1.2.0                             ! 1.1.9",
                ">=1.2.x        ! 1.2.0 3.0.0                       ! 1.1.9",
                "<1             ! 0.9.9                             ! 1.0.0 1.0.0-rc.1",
                "<1.2           ! 1.1.9                             ! 1.2.0 1.2.0-rc.1",
                "<=1            ! 1.0.0 1.9.9                       ! 2.0.0 2.0.0-rc.1",
                "<=1.2          ! 1.2.0 1.2.99                      ! 1.3.0",
                "<1.0.0-rc.2    ! 1.0.0-rc.1 0.9.0                  ! 1.0.0-rc.2 0.9.0-rc.1",
                "<=1.0.0-rc.2   ! 1.0.0-rc.2 1.0.0-rc.1             ! 1.0.0-rc.3 1.0.0",
                ">1.0.0-rc.2    ! 1.0.0-rc.3 1.0.0 1.1.0            ! 1.0.0-rc.2 1.0.1-rc.3",
                ">=1.2.7 <1.3.0 ! 1.2.7 1.2.8 1.2.99                ! 1.2.6 1.3.0 1.1.0",
                "1.2.7 || >=1.2.9 <2.0.0 ! 1.2.7 1.2.9 1.4.6        ! 1.2.8 2.0.0",
                ">1.2.3-alpha.3 ! 1.2.3-alpha.7 1.2.3 3.4.5         ! 3.4.5-alpha.9 1.2.3-alpha.3",
                "1.2.3 - 2.3.4  ! 1.2.3 2.3.4 2.0.0                 ! 1.2.2 2.3.5 2.0.0-rc.1",
                "1.2 - 2.3.4    ! 1.2.0 2.3.4                       ! 1.1.9 2.3.5",
                "1.2.3 - 2.3    ! 2.3.99 1.2.3                      ! 2.4.0 2.4.0-rc.1",
                "1.2.3 - 2      ! 2.99.99 1.2.3                     ! 3.0.0 3.0.0-0",
                "1.2.3-rc.1 - 2 ! 1.2.3-rc.2 1.2.3 2.9.9            ! 1.2.4-rc.1 1.2.3-beta",
                "1 - 1.2.3-rc.2 ! 1.2.3-rc.1 1.2.2 1.0.0            ! 1.2.3 1.2.3-rc.3",
                "1.x - 2.x      ! 1.0.0 2.9.9                       ! 0.9.9 3.0.0",
                "* - 2          ! 0.0.0 2.9.9                       ! 3.0.0",
                "*              ! 0.0.0 1.2.3 99.99.99              ! 1.2.3-rc.1 0.0.0-0",
                "x              ! 0.0.0 1.2.3                       ! 1.2.3-rc.1",
                "X.x.*          ! 0.0.0 1.2.3                       ! 1.2.3-rc.1",
                "*.1.2          ! 0.0.0 7.0.0                       ! 1.2.3-rc.1",
                ">=*            ! 0.0.0                             ! 0.0.0-0",
                "^*             ! 0.0.0 9.0.0                       ! 0.0.0-0",
                "~x             ! 0.0.0 9.0.0                       ! 0.0.0-0",
                "<*             ! ''                                ! 0.0.0 1.0.0 0.0.0-0",
                ">*             ! ''                                ! 0.0.0 1.0.0 0.0.0-0",
                "1.x            ! 1.0.0 1.99.0                      ! 2.0.0 0.9.9 1.0.0-rc.1 2.0.0-0",
                "1.X.3          ! 1.0.0 1.99.0                      ! 2.0.0",
                "1.2.x          ! 1.2.0 1.2.99                      ! 1.3.0 1.1.9",
                "1.2.*          ! 1.2.0                             ! 1.3.0",
                "1              ! 1.0.0 1.9.9                       ! 2.0.0 0.9.9",
                "1.2            ! 1.2.0 1.2.9                       ! 1.3.0 1.1.9",
                "0              ! 0.0.0 0.9.9                       ! 1.0.0",
                "~1.2.3         ! 1.2.3 1.2.9                       ! 1.3.0 1.2.2 1.3.0-rc.1",
                "~1.2           ! 1.2.0 1.2.9                       ! 1.3.0",
                "~1             ! 1.0.0 1.9.9                       ! 2.0.0",
                "~0.2.3         ! 0.2.3 0.2.9                       ! 0.3.0",
                "~0.2           ! 0.2.0                             ! 0.3.0",
                "~0             ! 0.0.0 0.9.9                       ! 1.0.0",
                "~1.2.3-beta.2  ! 1.2.3-beta.2 1.2.3-beta.4 1.2.3 1.2.9 ! 1.2.4-beta.2 1.2.3-beta.1 1.3.0",
                "~ 1.2.3        ! 1.2.4                             ! 1.3.0",
                "^1.2.3         ! 1.2.3 1.9.9                       ! 2.0.0 1.2.2 2.0.0-rc.1 1.3.0-rc.1",
                "^0.2.3         ! 0.2.3 0.2.9                       ! 0.3.0 0.2.2",
                "^0.0.3         ! 0.0.3                             ! 0.0.4 0.0.2",
                "^0.0.0         ! 0.0.0                             ! 0.0.1",
                "^1.2.3-beta.2  ! 1.2.3-beta.2 1.2.3-beta.4 1.2.3 1.9.0 ! 1.2.4-beta.2 1.2.3-beta.1 2.0.0",
                "^0.0.3-beta    ! 0.0.3-beta 0.0.3-pr.2 0.0.3       ! 0.0.4 0.0.4-beta 0.0.3-alpha",
                "^1.2.x         ! 1.2.0 1.9.9                       ! 2.0.0",
                "^0.0.x         ! 0.0.0 0.0.9                       ! 0.1.0",
                "^0.0           ! 0.0.0 0.0.9                       ! 0.1.0",
                "^1.x           ! 1.0.0 1.9.9                       ! 2.0.0",
                "^0.x           ! 0.0.0 0.9.9                       ! 1.0.0",
                "^0             ! 0.0.0 0.9.9                       ! 1.0.0",
                "^1             ! 1.0.0 1.9.9                       ! 2.0.0",
                "^0.1           ! 0.1.0 0.1.9                       ! 0.2.0",
                "^v1.2.3        ! 1.2.3                             ! 2.0.0",
                "^1 || ^3       ! 1.0.0 3.5.0                       ! 2.0.0 4.0.0",
                "^1||^3         ! 1.0.0 3.5.0                       ! 2.0.0 4.0.0",
                "<1 || >=2.0.0-rc.1 ! 0.5.0 2.0.0-rc.2 2.0.0        ! 1.0.0 3.0.0-rc.1",
                "1 - 2 || 4 - 5 ! 1.0.0 5.9.9                       ! 3.0.0 6.0.0",
                ">1 <1          ! ''                                ! 0.9.0 1.0.0 2.0.0",
                ">1.0.0 >2.0.0  ! 2.0.1                             ! 1.5.0 2.0.0",
                ">=2.0.0 >2.0.0 ! 2.0.1                             ! 2.0.0",
                "<3 <=2.0.0 <2.0.0 ! 1.9.9                          ! 2.0.0",
                "^1.2 <1.4      ! 1.2.0 1.3.9                       ! 1.4.0",
                ">=1.0.0-rc.1 <1.0.0 ! 1.0.0-rc.1 1.0.0-rc.9        ! 1.0.0 1.0.0-beta",
                ">=1.0.0-rc.1 >=1.0.0 ! 1.0.0                       ! 1.0.0-rc.1",
                "2.0.0-rc.1 || 1 ! 2.0.0-rc.1 1.5.0                 ! 1.5.0-rc.1",
                "  ^1.2         ! 1.2.0                             ! 2.0.0"
            })
    void contains_isThatOfNodeSemver(String text, String members, String others) {
        VersionRange range = VersionRange.parse(text);

        assertThat(versions(members))
                .allSatisfy(version -> assertThat(range.contains(Version.parse(version)))
                        .as(text + " contains " + version)
                        .isTrue());
        assertThat(versions(others))
                .allSatisfy(version -> assertThat(range.contains(Version.parse(version)))
                        .as(text + " contains " + version)
                        .isFalse());
    }

    private static String[] versions(String text) {
        return Arrays.stream(text.split(" "))
                .filter(version -> !version.isEmpty())
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "1.2.3.4",
                "1.2.",
                ".1",
                "1..2",
                "^",
                ">=",
                "^^1",
                ">>1",
                "=>1",
                "1 -2",
                "1 - ",
                "- 2",
                "1 - 2 3",
                "1 - >2",
                "|| 1",
                "1 ||",
                "1 | 2",
                "1,2",
                "1 and 2",
                "01.2.3",
                "1.02",
                "^1.2.03",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2-rc.1",
                "1.x.3-rc.1",
                "1.2.3-ä",
                "2147483648",
                "^2147483647",
                "1.2.y",
                "-1"
            })
    void parse_notARange_isRefused(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("version"));
    }

    @Test
    void parse_longOnes_areBounded() {
        String longest = "1 || ".repeat((VersionRange.MAX_LENGTH - 1) / 5) + "1";

        assertThat(VersionRange.parse(longest).contains(Version.of(1, 0, 0))).isTrue();
        assertThatThrownBy(() -> VersionRange.parse(longest + " ".repeat(VersionRange.MAX_LENGTH)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void toString_isAsItWasWritten() {
        assertThat(VersionRange.parse(" ^1.2  ||  3 ")).hasToString(" ^1.2  ||  3 ");
    }
}
