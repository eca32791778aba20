package io.llmschema.storage.postgres;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.StorageUnavailable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** From what a driver throws to what the port promises: one that passes is {@link StorageUnavailable} or {@link RolledBack}, any other a defect. */
final class Failures {
    /**
     * Classes of SQLSTATE (PostgreSQL's manual, appendix A) after which the same work may succeed later: connection trouble, out of
     * resources, a lock or a row in use, the operator's intervention or a time limit, trouble outside PostgreSQL.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "55", "57", "58");

    /** The class after which it may succeed at once: a transaction rolled back for others' sake. */
    private static final String ROLLED_BACK = "40";

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** From a version to its content. */
    private static final String CONTENT_OF_VERSION = "schemas_tenant_global_id_fkey";

    /** What a replica says to a write: the primary has moved, and will be found. */
    private static final String READ_ONLY = "25006";

    private Failures() {}

    static <R> R translated(Supplier<R> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            SQLException failure = sqlException(e);
            if (failure != null && (ROLLED_BACK.equals(stateClass(failure)) || isContentGone(failure))) {
                throw new RolledBack(e);
            }
            if (failure != null && isPassing(failure)) {
                throw new StorageUnavailable(String.valueOf(failure.getMessage()), e);
            }
            throw e;
        }
    }

    /** Whether a registration relied on a content that was removed meanwhile, with the last version that had it. */
    private static boolean isContentGone(SQLException failure) {
        return FOREIGN_KEY_VIOLATION.equals(failure.getSQLState())
                && failure instanceof PSQLException told
                && told.getServerErrorMessage() != null
                && CONTENT_OF_VERSION.equals(told.getServerErrorMessage().getConstraint());
    }

    /** Opens a pool; its failure to connect is told with the address, which the driver leaves out. */
    static <R> R connecting(PostgresConfig config, Supplier<R> opening) {
        try {
            return opening.get();
        } catch (PoolInitializationException e) {
            SQLException failure = sqlException(e);
            String reason = failure == null ? e.getMessage() : failure.getMessage();
            throw new StorageUnavailable("PostgreSQL at " + config.address() + ": " + reason, e);
        }
    }

    private static boolean isPassing(SQLException failure) {
        return failure instanceof SQLTransientException
                || READ_ONLY.equals(failure.getSQLState())
                || PASSING_CLASSES.contains(stateClass(failure));
    }

    private static String stateClass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() != 5 ? "" : state.substring(0, 2);
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return failure;
            }
        }
        return null;
    }
}
