package io.llmschema.storage.postgres;

import io.llmschema.model.RegistryException;
import io.llmschema.model.Subject;
import io.llmschema.storage.ChangeLog.CommitListener;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.SubjectChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code subject_changes}, and the bell that tells its readers when there is more in it.
 *
 * <p>The bell is PostgreSQL's NOTIFY, rung after commits, not inside their transactions: those would wait for each other at its lock. One
 * background thread rings it, once for however many commits there were since. A bell that is lost is no harm: readers look by
 * themselves after a while.
 */
final class PostgresChangeLog implements AutoCloseable {
    /** How long rows are kept. */
    static final Duration RETENTION = Duration.ofHours(2);

    static final String CHANNEL = "llmschema_changes";

    private static final Logger LOG = System.getLogger(PostgresChangeLog.class.getName());
    /** How long the bell rests after it was rung. */
    private static final Duration REST = Duration.ofMillis(5);

    private static final Duration TRIM_INTERVAL = Duration.ofMinutes(5);

    /** Of {@code pg_try_advisory_xact_lock}: one node trims at a time. */
    private static final int TRIM_LOCK = 0x6c6c6d01;

    /** The most rows that are read at once; more is told as incomplete. */
    private static final int MAX_ROWS = 200_000;

    /** The most changes of one subject that are told on. The listener hears of everything within a second, so they are the last ones. */
    private static final int MAX_UNTOLD = 5_000;

    private static final String UNTOLD = "SELECT " + Rows.CHANGE_COLUMNS + """

            FROM subject_changes change
            WHERE tenant = :tenant AND subject = :subject AND revision > :told AND xact >= :heard::xid8
            ORDER BY revision DESC LIMIT :limit
            """;

    private final ToldRevisions told = new ToldRevisions();
    private final Jdbi jdbi;
    private final Semaphore rung = new Semaphore(0);
    private final Thread ringer;
    private volatile boolean isClosed;
    private volatile CommitListener listener = (_, _) -> {};

    PostgresChangeLog(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.ringer = Thread.ofVirtual().name("change-bell").start(this::ring);
    }

    void onCommit(CommitListener told) {
        this.listener = told;
    }

    /** Tells the listener what was committed, and then the other nodes that there is something to read. */
    void committed(List<SubjectChange> changes, ChangePosition position) {
        tell(changes, position);
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Tells the listener what others have committed. */
    void tell(List<SubjectChange> changes) {
        if (!changes.isEmpty()) {
            tell(changes, ChangePosition.START);
        }
    }

    private void tell(List<SubjectChange> changes, ChangePosition position) {
        listener.committed(changes, position);
        changes.forEach(change -> told.note(change.subject(), change.revision()));
    }

    /**
     * Whether others may have made changes to a subject of which the listener has neither heard nor been told.
     *
     * @param revision of the subject
     * @param position behind the subject's last change
     */
    boolean mayBeUntold(Subject subject, long revision, ChangePosition position) {
        return !listener.heard().covers(position) && told.revision(subject) < revision;
    }

    /** These changes. Complete if the subject is locked, or they are asked for after the revision was seen. */
    List<SubjectChange> untold(Handle handle, Subject subject, long revision, ChangePosition position) {
        if (!mayBeUntold(subject, revision, position)) {
            return List.of();
        }
        return handle.createQuery(UNTOLD)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("told", told.revision(subject))
                .bind("heard", Long.toString(listener.heard().value()))
                .bind("limit", MAX_UNTOLD)
                .map((row, _) -> Rows.change(row))
                .list();
    }

    /** Revisions count anew when the database has another history than it had. */
    void forgetTold() {
        told.clear();
    }

    private void ring() {
        long trimAt = System.nanoTime();
        while (!isClosed) {
            try {
                if (rung.tryAcquire(trimAt - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    rung.drainPermits();
                    attempt("ring the bell", handle -> handle.execute("SELECT pg_notify(?, '')", CHANNEL));
                    // Each ring has every node read the log: what is committed in between is read with the next.
                    LockSupport.parkNanos(REST.toNanos());
                } else {
                    attempt("trim the change log", PostgresChangeLog::trim);
                    trimAt = System.nanoTime() + TRIM_INTERVAL.toNanos();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whatever fails here is made good by readers who look anyway, or by the next attempt. */
    private void attempt(String what, HandleCallback<Integer, RuntimeException> work) {
        try {
            Failures.translated(() -> jdbi.withHandle(work));
        } catch (RuntimeException e) {
            LOG.log(e instanceof RegistryException ? Level.DEBUG : Level.WARNING, "could not " + what, e);
        }
    }

    private static int trim(Handle handle) {
        return handle.inTransaction(transaction -> {
            boolean isMine = transaction
                    .createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", TRIM_LOCK)
                    .mapTo(Boolean.class)
                    .one();
            return isMine
                    ? transaction.execute(
                            "DELETE FROM subject_changes WHERE changed_at < now() - make_interval(secs => ?)",
                            RETENTION.toSeconds())
                    : 0;
        });
    }

    /** See {@link io.llmschema.storage.ChangeLog#recent}. */
    static Changes recent(Handle handle, Duration age, int limit) {
        long asOf = System.nanoTime();
        Map<Subject, SubjectChange> bySubject = new LinkedHashMap<>();
        ChangePosition upTo = upTo(handle);
        int[] rows = new int[1];
        handle.createQuery(
                        "SELECT " + Rows.CHANGE_COLUMNS
                                + " FROM subject_changes change WHERE changed_at > now() - make_interval(secs => :age) LIMIT :limit")
                .bind("age", age.toMillis() / 1000.0)
                .bind("limit", MAX_ROWS + 1)
                .map((row, _) -> Rows.change(row))
                .forEach(change -> {
                    rows[0]++;
                    bySubject.merge(change.subject(), change, SubjectChange::merge);
                });
        boolean isComplete = rows[0] <= MAX_ROWS && bySubject.size() <= limit && age.compareTo(RETENTION) <= 0;
        return new Changes(isComplete ? List.copyOf(bySubject.values()) : List.of(), upTo, asOf, isComplete);
    }

    private static ChangePosition upTo(Handle handle) {
        return new ChangePosition(handle.createQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        // Not interrupted: that would break the connection that it may be using.
        isClosed = true;
        rung.release();
        try {
            ringer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
