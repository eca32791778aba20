package io.llmschema.storage.postgres;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.Period;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.SubjectFilter;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationScope;
import io.llmschema.storage.ValidationScope.OfSubject;
import io.llmschema.storage.ValidationScope.OfVersion;
import io.llmschema.testkit.SchemaExamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * That each index is used by the query it exists for, at 100,000 versions.
 *
 * <p>The plans are those of the very statements that the store runs: PostgreSQL's {@code auto_explain} reports each plan it executes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexUseTest {
    private static final TenantId TENANT = new TenantId("index-use");
    private static final Subject LONG_HISTORY = new Subject(TENANT, "com.acme/long-history");

    /** 19,000 subjects of five versions, and one of 5,000; one version in ten is deleted, one in twenty a draft. */
    private static final String DATA = """
            INSERT INTO subjects (tenant, name, created_at, created_by, updated_at, revision, last_ordinal, version_count)
            SELECT 'index-use', name, now(), 'test', now(), 1, versions, versions
            FROM (SELECT 'com.acme.team' || n %% 97 || '/' || md5(n::text) AS name, 5 AS versions FROM generate_series(1, 19000) n
                  UNION ALL SELECT 'com.acme/long-history', 5000
                  UNION ALL SELECT 'com.acme/payments', 0) AS made;

            INSERT INTO contents (tenant, global_id, schema_type, raw_hash, references_hash, canonical_hash, unordered_hash, size, content, first_schema_id, guid)
            SELECT 'index-use', n, 'JSON', sha256(n::text::bytea), ''::bytea, sha256(('c' || n)::bytea), sha256(('u' || n)::bytea), 2, '{}',
                gen_random_uuid(), lpad(n::text, 32, '0')::uuid
            FROM generate_series(1, 100000) n;

            INSERT INTO schemas (id, tenant, subject, ordinal, version, version_major, version_minor, version_patch,
                version_pre_release_key, global_id, schema_type, stage, metadata, tags, created_at, created_by, deleted_at, revision)
            SELECT gen_random_uuid(), tenant, name, ordinal, '1.' || ordinal || '.0', 1, ordinal, 0, '\\xff',
                row_number() OVER (ORDER BY name, ordinal), 'JSON', CASE WHEN ordinal %% 20 = 19 THEN 'DRAFT' ELSE 'ACTIVE' END,
                json_build_object('team', 'team-' || abs(hashtext(name)) %% 500, 'tier', ordinal %% 3), '{}',
                now() - make_interval(mins => 100000 - ordinal), 'test', CASE WHEN ordinal %% 10 = 0 THEN now() END, 1
            FROM subjects, generate_series(1, last_ordinal) ordinal WHERE tenant = 'index-use';

            ANALYZE contents, schemas, subjects;

            UPDATE contents c SET first_schema_id = s.id
            FROM schemas s WHERE s.tenant = c.tenant AND s.global_id = c.global_id AND c.tenant = 'index-use';

            UPDATE subjects u SET latest_id = s.id, latest_version = s.version
            FROM schemas s WHERE s.tenant = u.tenant AND s.subject = u.name AND s.ordinal = 1 AND u.tenant = 'index-use';

            INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
            SELECT tenant, subject, (ordinal - 1) / 16 * 16 + 1, ordinal, 0,
                CASE WHEN ordinal %% 16 = 1 THEN '{}' ELSE ARRAY[(ordinal - 1)::text] END,
                CASE WHEN ordinal %% 16 = 1 THEN to_tsvector('english', 'the total of order number ' || ordinal || ' in ' || subject)::text
                    ELSE to_tsvector('english', ordinal::text)::text END
            FROM schemas WHERE tenant = 'index-use';

            INSERT INTO schema_dependencies (schema_id, position, name, depends_on_id)
            SELECT a.id, 1, 'x', b.id FROM schemas a JOIN schemas b ON b.tenant = a.tenant AND b.subject = a.subject
            AND b.ordinal = a.ordinal - 1 WHERE a.tenant = 'index-use';

            INSERT INTO schema_access_log (tenant, schema_id, bucket, access_count, response_time_ns, last_accessed_at)
            SELECT CASE WHEN ordinal %% 7 = 1 THEN tenant ELSE 'index-use-' || ordinal %% 7 END, id,
                date_trunc('minute', now()) - make_interval(mins => ordinal %% 10000 * 6), 1, 1000, now()
            FROM schemas WHERE tenant = 'index-use';

            INSERT INTO validation_history (tenant, schema_id, data_hash, valid, error_count, validated_at, duration_ns)
            SELECT tenant, id, encode(sha256((id::text || n)::bytea), 'hex'), n %% 20 > 0, 0, now() - n * interval '7 minutes', 1000
            FROM schemas, generate_series(1, CASE WHEN ordinal <= 20 THEN 2000 ELSE 1 END) n
            WHERE tenant = 'index-use' AND subject = 'com.acme/long-history';

            INSERT INTO validation_counts (tenant, schema_id, bucket, validations, failures, duration_ns, last_validated_at)
            SELECT CASE WHEN ordinal %% 7 = 1 THEN tenant ELSE 'index-use-' || ordinal %% 7 END, id,
                date_bin('1 hour', now(), 'epoch') - make_interval(hours => ordinal %% 1000), 2, 1, 1000, now()
            FROM schemas WHERE tenant = 'index-use';

            INSERT INTO validation_failures (tenant, schema_id, bucket, path, keyword, failures)
            SELECT tenant, id, date_bin('1 hour', now(), 'epoch') - make_interval(hours => ordinal %% 100), '/name', 'type', 1
            FROM schemas WHERE tenant = 'index-use';
            """;

    private final Instant thisMinute = Instant.now().truncatedTo(MINUTES);
    private PostgresStorage storage;
    private Jdbi jdbi;
    private SchemaId anyId;
    private Subject fewVersions;

    @BeforeAll
    void makeData() {
        storage = PostgresStorage.open(TestDatabase.config());
        jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());
        jdbi.registerArrayType(String.class, "text");
        jdbi.useHandle(handle -> {
            for (String statement : DATA.replace("%%", "%").split(";\n")) {
                handle.execute(statement);
            }
            for (String table : List.of(
                    "subjects",
                    "contents",
                    "schemas",
                    "search_words",
                    "schema_dependencies",
                    "schema_access_log",
                    "validation_history",
                    "validation_counts",
                    "validation_failures")) {
                // Index-only scans need a visibility map, choices between plans need statistics.
                handle.execute("VACUUM ANALYZE " + table);
            }
            assertThat(handle.createQuery("SELECT count(*) FROM schemas WHERE tenant = 'index-use'")
                            .mapTo(Integer.class)
                            .one())
                    .isEqualTo(100_000);
        });
        anyId = storage.listSchemas(
                        SchemaFilter.all(TENANT).withSubject(LONG_HISTORY),
                        SchemaOrder.BY_ORDINAL,
                        PageRequest.first(2))
                .items()
                .getLast()
                .id();
        fewVersions = storage.listSubjects(
                        new SubjectFilter(TENANT, "com.acme.team17/", Set.of(), null, List.of(), Deletion.LIVE),
                        PageRequest.first(1))
                .items()
                .getFirst()
                .subject();
    }

    @AfterAll
    void close() {
        storage.close();
    }

    @Test
    void latestOfARange_usesSubjectVersion() {
        assertUses(
                "idx_schemas_subject_version",
                handle -> new PostgresSelection(handle)
                        .find(new SchemaKey.ByVersion(LONG_HISTORY, VersionSelector.parse("~1.2000"))));
    }

    @Test
    void listByVersion_usesSubjectVersion() {
        assertUses(
                "idx_schemas_subject_version",
                handle -> new PostgresReader(handle)
                        .listSchemas(
                                SchemaFilter.all(TENANT).withSubject(LONG_HISTORY),
                                SchemaOrder.BY_VERSION,
                                PageRequest.first(10)));
    }

    @Test
    void search_misspeltSubject_usesTrigrams() {
        assertUses(
                "idx_subjects_name_trgm",
                handle -> new PostgresSearch(handle)
                        .search(
                                new SearchQuery(
                                        "paymnets",
                                        SchemaFilter.all(TENANT),
                                        SearchQuery.Scope.LATEST,
                                        SearchQuery.Order.RELEVANCE),
                                PageRequest.first(10)));
    }

    @Test
    void search_words_usesFullText() {
        for (SearchQuery.Scope scope : SearchQuery.Scope.values()) {
            for (String words : List.of("4321", "order 4321", "4321 or 17", "\"number 4321\" -zebra")) {
                assertUses("idx_search_words_gained", handle -> search(handle, words, scope));
                assertUses("search_words_pkey", handle -> search(handle, words, scope));
            }
        }
    }

    private static void search(Handle handle, String words, SearchQuery.Scope scope) {
        new PostgresSearch(handle)
                .search(
                        new SearchQuery(words, SchemaFilter.all(TENANT), scope, SearchQuery.Order.RELEVANCE),
                        PageRequest.first(10));
    }

    @Test
    void list_byMetadata_usesMetadataGin() {
        SchemaFilter all = SchemaFilter.all(TENANT);
        SchemaFilter ofTeam = new SchemaFilter(
                all.tenant(),
                null,
                null,
                Set.of(),
                Set.of(),
                null,
                List.of(),
                "{\"team\":\"team-17\"}",
                null,
                null,
                all.deletion());

        assertUses(
                "idx_schemas_metadata_gin",
                handle -> new PostgresReader(handle)
                        .listSchemas(ofTeam, SchemaOrder.NEWEST_FIRST, PageRequest.first(10)));
    }

    @Test
    void list_newestActiveOfASubject_usesActive() {
        SchemaFilter active = SchemaFilter.all(TENANT).withSubject(LONG_HISTORY).withStages(Set.of(Stage.ACTIVE));

        assertUses(
                "idx_schemas_active",
                handle -> new PostgresReader(handle)
                        .listSchemas(active, SchemaOrder.NEWEST_FIRST, PageRequest.first(10)));
    }

    @Test
    void subjectVersions_isReadFromTheCoveringIndexAlone() {
        assertUses(
                "Index Only Scan using idx_schemas_covering",
                handle -> handle.createQuery(
                                "SELECT * FROM subject_versions WHERE tenant = :tenant AND subject = :subject")
                        .bind("tenant", TENANT.value())
                        .bind("subject", LONG_HISTORY.name())
                        .mapToMap()
                        .one());
    }

    @Test
    void find_byId_usesThePrimaryKey() {
        assertUses("schemas_pkey", handle -> new PostgresSelection(handle).find(new SchemaKey.ById(anyId)));
    }

    @Test
    void find_byVersionOrLatest_usesUniqueKeys() {
        assertUses(
                "schemas_version",
                handle -> new PostgresSelection(handle)
                        .find(new SchemaKey.ByVersion(LONG_HISTORY, VersionSelector.parse("1.7.0"))));
        assertUses(
                "subjects_pkey",
                handle -> new PostgresSelection(handle)
                        .find(new SchemaKey.ByVersion(LONG_HISTORY, VersionSelector.LATEST)));
    }

    @Test
    void find_byGlobalIdOrHash_usesItsIndex() {
        GlobalId globalId = new GlobalId(TENANT, 4_321);
        assertUses("contents_pkey", handle -> new PostgresSelection(handle).find(new SchemaKey.ByGlobalId(globalId)));
        assertUses(
                "idx_schemas_global_id",
                handle -> new PostgresReader(handle)
                        .listSchemas(
                                SchemaFilter.all(TENANT).withGlobalId(globalId),
                                SchemaOrder.BY_ORDINAL,
                                PageRequest.first(10)));
        assertUses(
                "contents_identity",
                handle -> new PostgresSelection(handle)
                        .find(new SchemaKey.ByFingerprint(TENANT, Fingerprint.sha256(new byte[] {'7'}))));
        assertUses(
                "idx_contents_guid",
                handle -> new PostgresSelection(handle).find(new SchemaKey.ByGuid(TENANT, guidOf(globalId))));
        assertUses(
                "idx_contents_canonical_hash",
                handle -> new PostgresReader(handle)
                        .listSchemas(
                                SchemaFilter.all(TENANT).withFingerprint(Fingerprint.sha256(new byte[] {'c', '7'})),
                                SchemaOrder.BY_ORDINAL,
                                PageRequest.first(10)));
    }

    @Test
    void sighting_ofACandidate_usesTheIndexesOfIdentities() {
        SchemaExamples examples = new SchemaExamples(TENANT, new Random());
        NewSchema byBytes = examples.in(LONG_HISTORY.name()).text("7").build();
        NewSchema byMeaning =
                examples.in(LONG_HISTORY.name()).text("7").byMeaning().build();

        assertUses("contents_identity", handle -> new PostgresReader(handle).sight(byBytes));
        assertUses("idx_contents_canonical_hash", handle -> new PostgresReader(handle).sight(byMeaning));
        assertUses("contents_identity", handle -> new PostgresReader(handle).sight(byMeaning));
    }

    /** Its digits, as made above. */
    private static UUID guidOf(GlobalId id) {
        return new UUID(0, Long.parseLong(id.toString(), 16));
    }

    @Test
    void dependents_usesTheirIndex() {
        assertUses(
                "idx_schema_dependencies_depends_on",
                handle -> new PostgresReader(handle)
                        .dependencies(anyId, Direction.DEPENDENTS, false, PageRequest.first(10)));
    }

    @Test
    void namesWithSettings_usesThoseThatHaveThem() {
        assertUses(
                "idx_subjects_mode",
                handle -> new PostgresReader(handle)
                        .listSettings(new SettingsFilter(TENANT, null, true, null), PageRequest.first(10)));
        assertUses(
                "idx_subjects_attributes",
                handle -> new PostgresReader(handle)
                        .listSettings(new SettingsFilter(TENANT, null, false, "alias"), PageRequest.first(10)));
    }

    @Test
    void reads_ofATenant_usesTenantAndTime() {
        Period hour = new Period(thisMinute.minus(1, HOURS), thisMinute);

        assertLogUses("_tenant_bucket_idx", log -> log.mostRead(TENANT, hour, PageRequest.first(10)));
        assertLogUses("_tenant_bucket_idx", log -> log.slowest(TENANT, hour, PageRequest.first(10)));
        assertLogUses("_tenant_bucket_idx", log -> log.readsOverTime(new ReadsQuery(TENANT, null, hour, Step.MINUTE)));
    }

    @Test
    void reads_ofAVersion_usesThePrimaryKey() {
        Period day = new Period(thisMinute.minus(1, DAYS), thisMinute);

        // Of whatever partition the rows of today are in.
        assertLogUses(
                "_pkey on schema_access_log",
                log -> log.readsOverTime(new ReadsQuery(TENANT, anyId, day, Step.MINUTE)));
    }

    @Test
    void popular_usesItsOrder() {
        jdbi.useHandle(handle -> handle.execute("REFRESH MATERIALIZED VIEW popular_schemas"));

        assertLogUses("idx_popular_schemas_count", log -> log.popular(100));
    }

    @Test
    void history_ofAVersion_isReadInItsOrder() {
        ValidationFilter all = ValidationFilter.all(new OfVersion(anyId), lastWeeks());

        // Of whatever partition the rows are in, whose indexes are named after the columns.
        assertValidationsUse("_schema_id_validated_at_id_idx", log -> log.history(all, PageRequest.first(10)));
        assertValidationsUse(
                "_schema_id_validated_at_id_idx",
                log -> log.history(
                        all,
                        new PageRequest(
                                10, PagePosition.of(thisMinute.minus(6, DAYS).toString(), "7"))));
        assertValidationsDoNotSort(log -> log.history(all, PageRequest.first(10)));
    }

    @Test
    void history_ofASubject_looksIntoEachVersion() {
        ValidationFilter all = ValidationFilter.all(new OfSubject(LONG_HISTORY), lastWeeks());

        assertValidationsUse("_schema_id_validated_at_id_idx", log -> log.history(all, PageRequest.first(10)));
    }

    @Test
    void history_ofFailures_usesThoseAlone() {
        for (ValidationScope scope : List.of(new OfVersion(anyId), new OfSubject(LONG_HISTORY))) {
            ValidationFilter invalid =
                    ValidationFilter.all(scope, lastWeeks()).withOutcome(ValidationFilter.Outcome.INVALID);

            assertValidationsUse("_schema_id_validated_at_id_idx1", log -> log.history(invalid, PageRequest.first(10)));
        }
    }

    @Test
    void history_ofADocument_usesItsHash() {
        for (ValidationScope scope : List.of(new OfVersion(anyId), new OfSubject(LONG_HISTORY))) {
            ValidationFilter document = ValidationFilter.all(scope, lastWeeks())
                    .withDataHash(Fingerprint.sha256((anyId + "1").getBytes(StandardCharsets.UTF_8)));

            assertValidationsUse("_data_hash_idx", log -> log.history(document, PageRequest.first(10)));
        }
    }

    @Test
    void rates_ofATenantOrASubject_useTheirKeys() {
        Period threeWeeksAgo = new Period(lastHours(500).from(), lastHours(497).from());

        assertValidationsUse(
                "_tenant_bucket_idx",
                log -> log.rates(
                        new RatesQuery(TENANT, null, threeWeeksAgo, RatesQuery.Order.MOST_FAILURES),
                        PageRequest.first(10)));
        assertValidationsUse(
                "_pkey on validation_counts",
                log -> log.rates(
                        new RatesQuery(TENANT, fewVersions, lastHours(300), RatesQuery.Order.HIGHEST_RATE),
                        PageRequest.first(10)));
    }

    @Test
    void failedFields_useThePrimaryKeys() {
        for (ValidationScope scope : List.of(new OfVersion(anyId), new OfSubject(fewVersions))) {
            FailedFieldsQuery query = new FailedFieldsQuery(scope, lastHours(300));

            assertValidationsUse("_pkey on validation_failures", log -> log.failedFields(query, PageRequest.first(10)));
            assertValidationsUse("_pkey on validation_counts", log -> log.failedFields(query, PageRequest.first(10)));
        }
    }

    private Period lastWeeks() {
        // Not to the present: in the first days of a month its partition is so small that no index is worth looking
        // into.
        return new Period(thisMinute.minus(60, DAYS), thisMinute.minus(5, DAYS));
    }

    private Period lastHours(int hours) {
        Instant next = thisMinute.truncatedTo(HOURS).plus(1, HOURS);
        return new Period(next.minus(hours, HOURS), next);
    }

    private void assertValidationsUse(String index, Consumer<ValidationLog> question) {
        assertUses(index, (handle, plans) -> question.accept(validations(handle, plans)));
    }

    private void assertValidationsDoNotSort(Consumer<ValidationLog> question) {
        PlanLog plans = new PlanLog();
        jdbi.useHandle(handle -> {
            plans.attach(handle);
            question.accept(validations(handle, plans));
        });

        assertThat(plans.text()).isNotEmpty().doesNotContain("Sort  (");
    }

    private static ValidationLog validations(Handle handle, PlanLog plans) {
        Jdbi same = Jdbi.create(handle.getConnection());
        same.getConfig(SqlStatements.class).setSqlLogger(plans);
        return new PostgresValidationLog(
                same, new ValidationLogMaintenance(Duration.ofDays(90), InstantSource.system()));
    }

    private void assertLogUses(String index, Consumer<AccessLog> question) {
        assertUses(index, (handle, plans) -> {
            Jdbi same = Jdbi.create(handle.getConnection());
            same.getConfig(SqlStatements.class).setSqlLogger(plans);
            question.accept(
                    new PostgresAccessLog(same, new AccessLogMaintenance(Duration.ofDays(90), InstantSource.system())));
        });
    }

    private void assertUses(String index, Consumer<Handle> question) {
        assertUses(index, (handle, _) -> question.accept(handle));
    }

    private void assertUses(String index, BiConsumer<Handle, PlanLog> question) {
        PlanLog plans = new PlanLog();
        jdbi.useHandle(handle -> {
            plans.attach(handle);
            question.accept(handle, plans);
        });

        assertThat(plans.text()).contains(index);
    }
}
