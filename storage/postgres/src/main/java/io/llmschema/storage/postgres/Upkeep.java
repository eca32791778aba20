package io.llmschema.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * A round of housekeeping of some tables, over one connection.
 *
 * <p>One node at a time: who does it holds an advisory lock of its database session, which ends with the session at the latest. Each
 * step is a transaction of its own, so that locks are held shortly and a failure loses the steps after it only, until next time.
 */
final class Upkeep {
    /** How long one step may take; it may read or move all rows of a partition. */
    private static final Duration STEP_LIMIT = Duration.ofMinutes(5);

    /** How long a step waits for a lock. While it does, reads and writes of the table wait behind it. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private final Handle handle;

    private Upkeep(Handle handle) {
        this.handle = handle;
    }

    /**
     * Does some housekeeping, unless another session is at it.
     *
     * @param lock the number of its advisory lock
     * @return whether it was done
     */
    static boolean run(Handle handle, long lock, Consumer<Upkeep> work) {
        if (!ask(handle, "SELECT pg_try_advisory_lock(" + lock + ")")) {
            return false;
        }
        try {
            withPatience(handle, () -> work.accept(new Upkeep(handle)));
            return true;
        } finally {
            ask(handle, "SELECT pg_advisory_unlock(" + lock + ")");
        }
    }

    private static boolean ask(Handle handle, String question) {
        return handle.createQuery(question).mapTo(Boolean.class).one();
    }

    Handle handle() {
        return handle;
    }

    /** Runs statements as one transaction with limits of its own. */
    void step(String... statements) {
        handle.useTransaction(transaction -> {
            transaction.execute("SET LOCAL statement_timeout = " + STEP_LIMIT.toMillis());
            transaction.execute("SET LOCAL lock_timeout = " + LOCK_WAIT.toMillis());
            for (String statement : statements) {
                transaction.execute(statement);
            }
        });
    }

    /** Has the driver wait as long for an answer as a step may take; ordinarily it takes a silent server for dead much sooner. */
    private static void withPatience(Handle handle, Runnable work) {
        Connection connection = handle.getConnection();
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    Runnable::run, (int) STEP_LIMIT.multipliedBy(2).toMillis());
            try {
                work.run();
            } finally {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
