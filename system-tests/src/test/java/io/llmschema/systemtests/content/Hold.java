package io.llmschema.systemtests.content;

import io.llmschema.systemtests.recovery.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Stops whoever comes to a certain step of a transaction: a trigger waits there for a lock that this has. */
final class Hold implements AutoCloseable {
    private static final long LOCK = 0x5eed;

    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION hold_here() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM set_config('lock_timeout', '0', true);
                PERFORM pg_advisory_xact_lock(%d);
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END $$
            """.formatted(LOCK);

    private static final String WAITING = "pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = " + LOCK
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /** Where someone is stopped. */
    enum Step {
        /** Before it is noted that an object will be put, and so before that is. */
        NOTE_OF_UPLOAD("blob_uploads", "BEFORE INSERT", ""),
        INSERT("contents", "BEFORE INSERT", ""),
        COMMIT_OF_INSERT("contents", "AFTER INSERT", ""),
        MOVE("contents", "BEFORE UPDATE", "WHEN (OLD.awaits_blob AND NOT NEW.awaits_blob)"),
        COMMIT_OF_MOVE("contents", "AFTER UPDATE", "WHEN (OLD.awaits_blob AND NOT NEW.awaits_blob)"),
        ARCHIVAL("contents", "BEFORE UPDATE", "WHEN (NEW.encoding = 5)"),
        COMMIT_OF_ARCHIVAL("contents", "AFTER UPDATE", "WHEN (NEW.encoding = 5)"),
        COMMIT_OF_REMOVAL_NOTE("blob_removals", "AFTER INSERT", ""),
        /** The object is gone; that it was being removed is still noted. */
        END_OF_REMOVAL("blob_removals", "BEFORE DELETE", "");

        private final String table;
        private final String moment;
        private final String condition;

        Step(String table, String moment, String condition) {
            this.table = table;
            this.moment = moment;
            this.condition = condition;
        }

        private String trigger() {
            return moment.startsWith("AFTER")
                    ? "CREATE CONSTRAINT TRIGGER hold %s ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW %s EXECUTE FUNCTION hold_here()"
                            .formatted(moment, table, condition)
                    : "CREATE TRIGGER hold %s ON %s FOR EACH ROW %s EXECUTE FUNCTION hold_here()"
                            .formatted(moment, table, condition);
        }
    }

    private final Site site;
    private final Step step;
    private final Connection holder;

    private Hold(Site site, Step step) throws SQLException {
        this.site = site;
        this.step = step;
        this.holder = site.connect();
    }

    static Hold at(Step step, Site site) throws SQLException {
        Hold hold = new Hold(site, step);
        try {
            hold.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            hold.execute(FUNCTION);
            hold.execute(step.trigger());
            return hold;
        } catch (SQLException | RuntimeException e) {
            hold.holder.close();
            throw e;
        }
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute(text);
        }
    }

    /** Returns when someone is stopped. */
    void await(ServerProcess process) {
        site.awaitSome(WAITING, process);
    }

    /** Lets who is stopped go on. */
    void letGo() throws SQLException {
        execute("SELECT pg_advisory_unlock_all()");
    }

    /** Takes the step away from whoever has come to it, and removes all traces. */
    @Override
    public void close() throws SQLException {
        try (holder) {
            execute("SELECT pg_terminate_backend(l.pid) FROM " + WAITING.replace("pg_locks WHERE", "pg_locks l WHERE"));
            execute("DROP TRIGGER hold ON " + step.table);
            execute("DROP FUNCTION hold_here()");
        }
    }
}
