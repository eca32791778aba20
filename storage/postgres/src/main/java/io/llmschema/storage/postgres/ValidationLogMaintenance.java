package io.llmschema.storage.postgres;

import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.postgres.TimePartitions.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The housekeeping of the validation log: partitions for the months to come, none for those past its retention. See {@link
 * ValidationLog#maintain} and {@link Upkeep}.
 *
 * @param retention how long validations are kept, in whole months of UTC
 */
record ValidationLogMaintenance(Duration retention, InstantSource clock) {
    /** The number of the advisory lock: "validate" in ASCII, so that it is no other program's. */
    static final long LOCK = 0x76616c6964617465L;

    /** Partitions are made for this month and so many more. If nobody does, rows go to the default partition and are moved later. */
    static final int MONTHS_AHEAD = 1;

    private static final List<TimePartitions> PARTITIONS = List.of(
            new TimePartitions("validation_history", "validated_at", Span.MONTH, MONTHS_AHEAD),
            new TimePartitions("validation_counts", "bucket", Span.MONTH, MONTHS_AHEAD),
            new TimePartitions("validation_failures", "bucket", Span.MONTH, MONTHS_AHEAD));

    /** Does it, over this connection, unless another session is at it. */
    boolean run(Handle handle) {
        return Upkeep.run(handle, LOCK, upkeep -> {
            Instant now = clock.instant();
            PARTITIONS.forEach(partitions -> partitions.keep(upkeep, now, retention));
        });
    }
}
