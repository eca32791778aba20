package io.llmschema.storage.postgres;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** The plans by which PostgreSQL executed the statements of one connection, as its module {@code auto_explain} reports them. */
final class PlanLog implements SqlLogger {
    private final StringBuilder plans = new StringBuilder();

    void attach(Handle handle) {
        handle.execute("LOAD 'auto_explain'");
        handle.execute("SET auto_explain.log_min_duration = 0");
        handle.execute("SET auto_explain.log_level = notice");
        for (String setting :
                PostgresStorage.sessionSettings(TestDatabase.config()).split(";")) {
            handle.execute(setting);
        }
        handle.getConfig(SqlStatements.class).setSqlLogger(this);
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        try {
            Statement statement = context.getStatement();
            for (SQLWarning warning = statement == null ? null : statement.getWarnings();
                    warning != null;
                    warning = warning.getNextWarning()) {
                plans.append(warning.getMessage()).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        return plans.toString();
    }
}
