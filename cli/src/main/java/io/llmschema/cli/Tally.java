package io.llmschema.cli;

import io.llmschema.cli.RowOutcome.AlreadyDeleted;
import io.llmschema.cli.RowOutcome.AlreadyThere;
import io.llmschema.cli.RowOutcome.Deleted;
import io.llmschema.cli.RowOutcome.Different;
import io.llmschema.cli.RowOutcome.Failed;
import io.llmschema.cli.RowOutcome.Kept;
import io.llmschema.cli.RowOutcome.Registered;
import io.llmschema.cli.RowOutcome.Rejected;
import io.llmschema.cli.RowOutcome.Skipped;
import io.llmschema.cli.RowOutcome.WouldRegister;
import java.time.Duration;

/** The counts of one source; every method may be called by any thread. */
final class Tally {
    private final String name;
    private long rows;
    private long registered;
    private long alreadyThere;
    private long deleted;
    private long rejected;
    private long verified;
    private long different;
    private long failed;
    private long skipped;
    private long nanos;

    Tally(String name) {
        this.name = name;
    }

    /**
     * The counts at a moment.
     *
     * @param rows all but those skipped
     * @param alreadyThere also deletions that were done before
     * @param failed also those that were read back differently
     */
    record Counts(
            String name,
            long rows,
            long registered,
            long alreadyThere,
            long deleted,
            long rejected,
            long verified,
            long different,
            long failed,
            long skipped,
            Duration duration) {
        static Counts none(String name) {
            return new Counts(name, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
        }

        /** The sum, under this one's name. */
        Counts plus(Counts other) {
            return new Counts(
                    name,
                    rows + other.rows,
                    registered + other.registered,
                    alreadyThere + other.alreadyThere,
                    deleted + other.deleted,
                    rejected + other.rejected,
                    verified + other.verified,
                    different + other.different,
                    failed + other.failed,
                    skipped + other.skipped,
                    duration.plus(other.duration));
        }

        double seconds() {
            return duration.toNanos() / 1e9;
        }

        double rowsPerSecond() {
            return duration.isZero() ? 0 : rows / seconds();
        }
    }

    synchronized void add(RowOutcome outcome) {
        switch (outcome) {
            case Registered kept -> registered++;
            case WouldRegister kept -> registered++;
            case AlreadyThere kept -> alreadyThere++;
            case AlreadyDeleted gone -> alreadyThere++;
            case Deleted gone -> deleted++;
            case Rejected refusal -> rejected++;
            case Failed failure -> failed++;
            case Different difference -> {
                different++;
                failed++;
            }
            case Skipped nothing -> skipped++;
        }
        rows += outcome instanceof Skipped ? 0 : 1;
        verified += outcome instanceof Kept kept && kept.isVerified() ? 1 : 0;
    }

    synchronized void took(Duration duration) {
        nanos = duration.toNanos();
    }

    synchronized Counts counts() {
        return new Counts(
                name,
                rows,
                registered,
                alreadyThere,
                deleted,
                rejected,
                verified,
                different,
                failed,
                skipped,
                Duration.ofNanos(nanos));
    }
}
