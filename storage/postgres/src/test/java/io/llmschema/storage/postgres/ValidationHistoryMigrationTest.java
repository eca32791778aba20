package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The step that makes room for validations, on a database that has some already. */
class ValidationHistoryMigrationTest {
    private static final String BEFORE = "12";

    @Test
    void rowsThatAreThere_areKept_andCounted() {
        PostgresConfig config = TestDatabase.ofItsOwn();
        Flyway.configure()
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .locations("classpath:db/migration")
                .target(BEFORE)
                .load()
                .migrate();
        Jdbi jdbi = Jdbi.create(config.jdbcUrl());
        jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO validation_history (tenant, schema_id, data_hash, valid, error_count, validated_at, duration_ms)
                SELECT 't', '01993b1e-7c1a-7000-8000-000000000000', 'h' || n, n % 3 > 0, n, '2026-03-10T11:00:00Z'::timestamptz + n * interval '20 minutes', 1.5
                FROM generate_series(0, 5) n"""));

        Migrations.migrate(config);

        assertThat(texts(jdbi, "SELECT data_hash || ' ' || duration_ns FROM validation_history ORDER BY id"))
                .containsExactly("h0 1500000", "h1 1500000", "h2 1500000", "h3 1500000", "h4 1500000", "h5 1500000");
        assertThat(texts(jdbi, """
                        SELECT concat_ws(' ', tenant, to_char(bucket AT TIME ZONE 'UTC', 'HH24:MI'), validations, failures, duration_ns,
                            to_char(last_validated_at AT TIME ZONE 'UTC', 'HH24:MI'))
                        FROM validation_counts ORDER BY bucket""")).containsExactly("t 11:00 3 1 4500000 11:40", "t 12:00 3 1 4500000 12:40");
    }

    private static List<String> texts(Jdbi jdbi, String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
