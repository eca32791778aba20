package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionKeyTest {
    private static final int PAIRS = 100_000;

    /** Identifiers that are near each other in one way or another. */
    private static final List<String> IDENTIFIERS = List.of(
            "0",
            "1",
            "2",
            "9",
            "10",
            "11",
            "99",
            "100",
            "18446744073709551616",
            "a",
            "A",
            "b",
            "aa",
            "a1",
            "alpha",
            "beta",
            "rc",
            "-",
            "--",
            "0a",
            "z");

    @Test
    void preRelease_chainOfTheStandard_isInOrder() {
        List<byte[]> keys = List.of("alpha", "alpha.1", "alpha.beta", "beta", "beta.2", "beta.11", "rc.1", "").stream()
                .map(preRelease -> VersionKey.preRelease(new Version(1, 0, 0, preRelease, "")))
                .toList();

        assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void preRelease_randomPairs_areInTheOrderOfVersions() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            Version a = version(random);
            Version b = version(random);

            int order = Arrays.compareUnsigned(VersionKey.preRelease(a), VersionKey.preRelease(b));

            assertThat(Integer.signum(order))
                    .as("seed %d: %s and %s", seed, a, b)
                    .isEqualTo(Integer.signum(a.compareTo(b)));
        }
    }

    private static Version version(Random random) {
        String preRelease = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size())))
                .collect(Collectors.joining("."));
        return new Version(1, 0, 0, preRelease, "");
    }

    @Test
    void precedence_leavesOutTheBuild() {
        assertThat(VersionKey.precedence(Version.parse("1.2.3-rc.1+build.7"))).isEqualTo("1.2.3-rc.1");
    }
}
