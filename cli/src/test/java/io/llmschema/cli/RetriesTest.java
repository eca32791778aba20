package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.cli.RegistryFailure.Unreachable;
import io.llmschema.cli.Retries.Transient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private long nanos;

    private Retries retries(Duration patience) {
        return new Retries(patience, this::pause, () -> nanos, news::add);
    }

    private boolean pause(Duration duration) {
        pauses.add(duration);
        nanos += duration.toNanos();
        return false;
    }

    private static Transient away(Duration atLeast) {
        return new Transient("away", atLeast, new Unreachable("gone"));
    }

    @Test
    void pausesGrow_upToFiveSeconds_andNeverBeyondThePatience() {
        assertThatThrownBy(() -> retries(Duration.ofSeconds(20)).untilAnswered(() -> {
                    throw away(Duration.ZERO);
                }))
                .isInstanceOf(Unreachable.class);

        assertThat(pauses)
                .startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400))
                .contains(Duration.ofSeconds(5));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whatTheServerAsksFor_isWaited() {
        List<Integer> tries = new ArrayList<>();

        String answer = retries(Duration.ofSeconds(60)).untilAnswered(() -> {
            tries.add(1);
            if (tries.size() == 1) {
                throw away(Duration.ofSeconds(7));
            }
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(news)
                .containsExactly(
                        "the registry is away (away); trying again for up to 60 s", "the registry is back; going on");
    }

    @Test
    void aWishToStop_endsTheWaiting() {
        Retries stopping = new Retries(Duration.ofHours(1), duration -> true, () -> nanos, news::add);

        assertThatThrownBy(() -> stopping.untilAnswered(() -> {
                    throw away(Duration.ZERO);
                }))
                .isInstanceOf(Unreachable.class);
    }
}
