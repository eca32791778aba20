package io.llmschema.storage.postgres;

import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaSummary;
import io.llmschema.testkit.SchemaExamples;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The step after which contents without references have no hash of them, on a database that has some already. */
class ContentIdentityMigrationTest {
    private static final String BEFORE = "14";

    @Test
    void contentsThatAreThere_areKnownAgain() {
        PostgresConfig config = TestDatabase.ofItsOwn();
        Flyway.configure()
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .locations("classpath:db/migration")
                .target(BEFORE)
                .load()
                .migrate();
        SchemaExamples examples = SchemaExamples.ofFreshTenant();
        NewSchema plain = examples.schema("orders", "{}");
        Jdbi jdbi = Jdbi.create(config.jdbcUrl());
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO contents (tenant, global_id, schema_type, raw_hash, references_hash, canonical_hash, unordered_hash, size, content,
                            first_schema_id)
                        VALUES (:tenant, 7, 'JSON', :hash, sha256(''), :hash, :hash, 2, '{}', gen_random_uuid()),
                               (:tenant, 8, 'JSON', :hash, sha256('references'), :hash, :hash, 2, '{}', gen_random_uuid())
                        """)
                .bind("tenant", examples.tenant().value())
                .bind("hash", plain.fingerprints().raw().toBytes())
                .execute());

        try (PostgresStorage storage = PostgresStorage.open(config)) {
            SchemaSummary registered =
                    storage.registerSchema(plain, nextMinor()).schema();

            assertThat(registered.globalId().value()).isEqualTo(7);
        }
        List<Integer> hashes = jdbi.withHandle(
                handle -> handle.createQuery("SELECT octet_length(references_hash) FROM contents ORDER BY global_id")
                        .mapTo(Integer.class)
                        .list());
        assertThat(hashes).containsExactly(0, 32);
    }
}
