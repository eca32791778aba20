package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.SchemaId;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import java.time.Duration;
import java.time.Instant;

/**
 * A validation as it is remembered.
 *
 * @param id of the version that the document was validated against
 * @param subject of that version
 * @param version its number
 */
public record PastValidation(
        SchemaId id,
        Subject subject,
        Version version,
        Fingerprint dataHash,
        boolean isValid,
        int errorCount,
        Instant validatedAt,
        Duration duration) {}
