package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationRecorderTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATE = Duration.ofHours(1);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final BrokenValidationLog log = new BrokenValidationLog();

    private ValidationRecord record(int errors, FailedField... fields) {
        return new ValidationRecord(
                examples.newId(),
                Fingerprint.sha256(new byte[0]),
                errors == 0,
                errors,
                Instant.EPOCH,
                Duration.ZERO,
                List.of(fields));
    }

    private ValidationRecord valid() {
        return record(0);
    }

    @Test
    void records_areWrittenAgainAndAgain_asTheyAre() {
        ValidationRecord first = valid();
        ValidationRecord second = record(2, new FailedField("/a", "type"));
        try (ValidationRecorder recorder = ValidationRecorder.start(log, SOON)) {
            recorder.add(first);
            log.await(() -> log.recorded().size() == 1);
            recorder.add(second);
            log.await(() -> log.recorded().size() == 2);
        }

        assertThat(log.recorded()).containsExactly(first, second);
    }

    @Test
    void close_writesTheRest_inBatches() {
        try (ValidationRecorder recorder = ValidationRecorder.start(log, LATE)) {
            IntStream.range(0, 2 * ValidationLog.MAX_BATCH + 1).forEach(_ -> recorder.add(valid()));
        }

        assertThat(log.batches()).extracting(Collection::size).containsExactly(1_000, 1_000, 1);
    }

    @Test
    void plenty_isWrittenBeforeTheEndOfTheInterval() {
        try (ValidationRecorder recorder = ValidationRecorder.start(log, LATE)) {
            IntStream.range(0, ValidationRecorder.MAX_WAITING / 2).forEach(_ -> recorder.add(valid()));

            log.await(() -> !log.batches().isEmpty());
        }

        assertThat(log.recorded()).hasSize(ValidationRecorder.MAX_WAITING / 2);
    }

    @Test
    void logThatDoesNotAnswer_isWrittenToLater_andNothingIsLost() {
        List<ValidationRecord> records =
                IntStream.range(0, 5).mapToObj(_ -> valid()).toList();
        log.setBroken(true);
        try (ValidationRecorder recorder = ValidationRecorder.start(log, SOON)) {
            for (ValidationRecord record : records) {
                int wanted = log.refusals() + 2;
                recorder.add(record);
                log.await(() -> log.refusals() >= wanted);
            }
            assertThat(log.recorded()).isEmpty();

            log.setBroken(false);
            log.await(() -> log.recorded().size() == 5);
        }

        assertThat(log.recorded()).containsExactlyElementsOf(records);
    }

    @Test
    void moreThanThereIsRoomFor_isDropped_andCounted_andThenThereIsRoomAgain() {
        ValidationRecord ofTen = record(
                9,
                IntStream.range(0, 9)
                        .mapToObj(i -> new FailedField("/" + i, "type"))
                        .toArray(FailedField[]::new));
        int room = ValidationRecorder.MAX_WAITING / 10;
        log.setBroken(true);
        try (ValidationRecorder recorder = ValidationRecorder.start(log, SOON)) {
            IntStream.range(0, room + 7).forEach(_ -> recorder.add(ofTen));
            assertThat(recorder.dropped()).isEqualTo(7);

            log.setBroken(false);
            log.await(() -> log.recorded().size() == room);
            recorder.add(valid());
            log.await(() -> log.recorded().size() == room + 1);
            assertThat(recorder.dropped()).isEqualTo(7);
        }
    }

    @Test
    void manyThreads_loseNothing() {
        int threads = 8;
        int each = 2_000;
        try (ValidationRecorder recorder = ValidationRecorder.start(log, SOON)) {
            try (ExecutorService adding = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, threads)
                        .forEach(_ ->
                                adding.execute(() -> IntStream.range(0, each).forEach(_ -> recorder.add(valid()))));
            }
        }

        assertThat(log.recorded()).hasSize(threads * each).doesNotHaveDuplicates();
    }

    @Test
    void batchThatTheLogWillNeverTake_isNotInTheWayOfOthers() {
        try (ValidationRecorder recorder = ValidationRecorder.start(log, LATE)) {
            IntStream.range(0, ValidationLog.MAX_BATCH).forEach(_ -> recorder.add(record(BrokenValidationLog.POISON)));
            recorder.add(valid());
        }

        assertThat(log.recorded()).hasSize(1);
    }

    @Test
    void close_whileTheLogDoesNotAnswer_endsAnyway() {
        log.setBroken(true);
        try (ValidationRecorder recorder = ValidationRecorder.start(log, LATE)) {
            recorder.add(valid());
        }

        assertThat(log.recorded()).isEmpty();
        assertThat(log.refusals()).isPositive();
    }

    @Test
    void log_isKeptInOrder_atOnceAndAgain_evenAfterTrouble() {
        log.setBroken(true);
        try (ValidationRecorder _ = ValidationRecorder.start(log, LATE, SOON)) {
            log.await(() -> log.refusals() >= 2);
            log.setBroken(false);
            log.await(() -> log.maintenances() >= 3);
        }
    }
}
