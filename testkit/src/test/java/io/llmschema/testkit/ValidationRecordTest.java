package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.SchemaId;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.ValidationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationRecordTest {
    private static final Instant NOW = Instant.parse("2026-03-10T11:22:33.123456789Z");
    private static final Fingerprint HASH = Fingerprint.sha256(new byte[0]);

    private final SchemaId id = SchemaExamples.ofFreshTenant().newId();

    private static FailedField field(String path) {
        return FailedField.of(new DocumentError(path, "", "type", "it is wrong"));
    }

    private static DocumentReport report(String... paths) {
        return DocumentReport.of(Stream.of(paths)
                .map(path -> new DocumentError(path, "", "type", "it is wrong"))
                .toList());
    }

    private ValidationRecord record(DocumentReport report) {
        return ValidationRecord.of(id, HASH, report, NOW, Duration.ofMillis(3));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', ''",
        "/name, /name",
        "/0, /*",
        "/items/17/price, /items/*/price",
        "/a/0/1/22/b, /a/*/*/*/b",
        "/007, /007",
        "/1a, /1a",
        "/a1/2b, /a1/2b",
        "/a~1b/3, /a~1b/*",
        "/-/9, /-/*",
    })
    void field_indexes_areOneForAll(String pointer, String path) {
        assertThat(field(pointer).path()).isEqualTo(path);
    }

    @Test
    void field_longPath_isCut_notThroughACharacter() {
        String longest = "/" + "a".repeat(FailedField.MAX_PATH_LENGTH - 1);

        assertThat(field(longest).path()).isEqualTo(longest);
        assertThat(field(longest + "b").path()).isEqualTo(longest);
        assertThat(field(longest.substring(1) + "\uD83D\uDE00").path()).isEqualTo(longest.substring(1));
        assertThat(field("/123456789".repeat(100_000)).path()).startsWith("/*/*/*");
    }

    @Test
    void field_whatNoStoreTakes_isReplaced() {
        assertThat(field("/a\u0000b/\uD83D/\uDE00/\uD83D\uDE00").path())
                .isEqualTo("/a\uFFFDb/\uFFFD/\uFFFD/\uD83D\uDE00");
        assertThatThrownBy(() -> new FailedField("/\u0000", "type")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FailedField("/\uD83D", "type")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void report_thatIsValid_hasNoFields() {
        ValidationRecord record = record(DocumentReport.VALID);

        assertThat(record.isValid()).isTrue();
        assertThat(record.errorCount()).isZero();
        assertThat(record.fields()).isEmpty();
        assertThat(record.validatedAt()).isEqualTo(Instant.parse("2026-03-10T11:22:33.123456Z"));
    }

    @Test
    void report_ofManyErrors_hasEachFieldOnce_andTheFirstOfThem() {
        assertThat(record(report("/a/0", "/b", "/a/1", "/a/2")))
                .isEqualTo(new ValidationRecord(
                        id, HASH, false, 4, NOW, Duration.ofMillis(3), List.of(field("/a/0"), field("/b"))));
        ValidationRecord hopeless =
                record(report(IntStream.range(0, 300).mapToObj(i -> "/f" + i).toArray(String[]::new)));
        assertThat(hopeless.errorCount()).isEqualTo(300);
        assertThat(hopeless.fields()).hasSize(ValidationRecord.MAX_FIELDS).startsWith(field("/f0"), field("/f1"));
    }

    @Test
    void record_thatContradictsItself_isRefused() {
        Duration time = Duration.ofMillis(1);

        assertThatThrownBy(() -> new ValidationRecord(id, HASH, true, 1, NOW, time, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ValidationRecord(id, HASH, true, 0, NOW, time, List.of(field("/a"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ValidationRecord(id, HASH, false, 0, NOW, time, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ValidationRecord(id, HASH, true, 0, NOW, time.negated(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
