package io.llmschema.storage.postgres;

import io.llmschema.storage.AccessLog;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * The housekeeping of the access log: partitions for the days to come, none for those past its retention, and a fresh
 * {@code popular_schemas}. See {@link AccessLog#maintain} and {@link Upkeep}.
 *
 * @param retention how long counts are kept, in whole days of UTC
 */
record AccessLogMaintenance(Duration retention, InstantSource clock) {
    /** The number of the advisory lock: "access" in ASCII, so that it is no other program's. */
    static final long LOCK = 0x616363657373L;

    /** Partitions are made for today and so many days more. If nobody does, rows go to the default partition and are moved later. */
    static final int DAYS_AHEAD = 3;

    private static final TimePartitions PARTITIONS =
            new TimePartitions("schema_access_log", "bucket", TimePartitions.Span.DAY, DAYS_AHEAD);

    /** Does it, over this connection, unless another session is at it. */
    boolean run(Handle handle) {
        return Upkeep.run(handle, LOCK, upkeep -> {
            PARTITIONS.keep(upkeep, clock.instant(), retention);
            upkeep.step("REFRESH MATERIALIZED VIEW CONCURRENTLY popular_schemas");
        });
    }
}
