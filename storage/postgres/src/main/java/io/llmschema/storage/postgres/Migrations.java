package io.llmschema.storage.postgres;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The steps from any earlier form of the tables to the present one: forward only, under a lock that several nodes respect. */
final class Migrations {
    private static final int CONNECT_RETRIES = 5;

    private Migrations() {}

    /** Brings the database up to date; waits while another node does. Returns the number of steps that this node took. */
    static int migrate(PostgresConfig config) {
        MigrateResult result = Flyway.configure()
                // Connections of its own: a step on a large table may take longer than any request.
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .connectRetries(CONNECT_RETRIES)
                .load()
                .migrate();
        return result.migrationsExecuted;
    }
}
