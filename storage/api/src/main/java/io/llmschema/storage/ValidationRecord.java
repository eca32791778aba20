package io.llmschema.storage;

import io.llmschema.model.DocumentReport;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.SchemaId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is remembered of one validation of a document: never the document itself.
 *
 * @param id the version that it was validated against
 * @param dataHash of the bytes of the document
 * @param errorCount how many errors were found; none if it is valid, else at least 1
 * @param validatedAt to the microsecond
 * @param duration not negative
 * @param fields in which it failed, each once; the first {@value #MAX_FIELDS} of them are kept
 */
public record ValidationRecord(
        SchemaId id,
        Fingerprint dataHash,
        boolean isValid,
        int errorCount,
        Instant validatedAt,
        Duration duration,
        List<FailedField> fields) {
    /** The most fields of one document that are counted: one that has nothing to do with its schema fails everywhere. */
    public static final int MAX_FIELDS = 20;

    public ValidationRecord {
        if (isValid ? errorCount != 0 || !fields.isEmpty() : errorCount < 1) {
            throw new IllegalArgumentException(
                    "valid: %s, with %d errors in %s".formatted(isValid, errorCount, fields));
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a validation of " + duration);
        }
        validatedAt = validatedAt.truncatedTo(ChronoUnit.MICROS);
        fields = fields.stream().distinct().limit(MAX_FIELDS).toList();
    }

    /** What is to be remembered of a report. */
    public static ValidationRecord of(
            SchemaId id, Fingerprint dataHash, DocumentReport report, Instant validatedAt, Duration duration) {
        return new ValidationRecord(
                id,
                dataHash,
                report.isValid(),
                report.errors().size(),
                validatedAt,
                duration,
                report.errors().stream().map(FailedField::of).toList());
    }
}
