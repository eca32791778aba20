package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessRecorderTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATE = Duration.ofHours(1);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final AccessCounts counts = new AccessCounts(10_000, InstantSource.system());
    private final BrokenAccessLog log = new BrokenAccessLog();

    private long recordedReads() {
        return log.recorded().stream().mapToLong(AccessCount::reads).sum();
    }

    @Test
    void counts_areWrittenAgainAndAgain() {
        SchemaId id = examples.newId();
        try (AccessRecorder _ = AccessRecorder.start(counts, log, SOON)) {
            counts.count(id, 1);
            log.await(() -> recordedReads() == 1);
            counts.count(id, 1);
            log.await(() -> recordedReads() == 2);
        }

        assertThat(log.recorded()).extracting(AccessCount::id).containsOnly(id);
    }

    @Test
    void close_writesTheRest() {
        try (AccessRecorder _ = AccessRecorder.start(counts, log, LATE)) {
            counts.count(examples.newId(), 1);
        }

        assertThat(recordedReads()).isEqualTo(1);
    }

    @Test
    void many_areWrittenInBatches() {
        try (AccessRecorder _ = AccessRecorder.start(counts, log, LATE)) {
            IntStream.range(0, 2 * AccessLog.MAX_BATCH + 1).forEach(_ -> counts.count(examples.newId(), 1));
        }

        assertThat(log.batches()).extracting(batch -> batch.size()).containsExactly(1_000, 1_000, 1);
    }

    @Test
    void logThatDoesNotAnswer_isWrittenToLater_andNothingIsLost() {
        SchemaId id = examples.newId();
        log.setBroken(true);
        try (AccessRecorder _ = AccessRecorder.start(counts, log, SOON)) {
            for (int seen = 1; seen <= 5; seen++) {
                int wanted = seen * 2;
                counts.count(id, 1);
                log.await(() -> log.refusals() >= wanted);
            }
            assertThat(log.recorded()).isEmpty();

            log.setBroken(false);
            log.await(() -> recordedReads() == 5);
        }

        assertThat(recordedReads()).isEqualTo(5);
    }

    @Test
    void close_whileTheLogDoesNotAnswer_endsAnyway() {
        log.setBroken(true);
        try (AccessRecorder _ = AccessRecorder.start(counts, log, LATE)) {
            counts.count(examples.newId(), 1);
        }

        assertThat(log.recorded()).isEmpty();
        assertThat(log.refusals()).isPositive();
    }

    @Test
    void log_isKeptInOrder_atOnceAndAgain_evenAfterTrouble() {
        log.setBroken(true);
        try (AccessRecorder _ = AccessRecorder.start(counts, log, LATE, SOON)) {
            log.await(() -> log.refusals() >= 2);
            log.setBroken(false);
            log.await(() -> log.maintenances() >= 3);
        }
    }
}
