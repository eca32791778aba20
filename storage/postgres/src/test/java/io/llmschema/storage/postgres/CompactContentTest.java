package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SubjectSettings;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SubjectHistory;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How contents lie in their rows: small, and the same again when they are read. */
class CompactContentTest {
    private static final int KIB = 1024;

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final PostgresStorage storage = PostgresStorage.open(TestDatabase.config());
    private final Jdbi jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());
    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @AfterEach
    void close() {
        storage.close();
    }

    /** A row as it lies in the database. */
    private record Row(Encoding encoding, int depth, int bytes) {}

    private Row row(SchemaSummary schema) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT encoding, depth, length(content) AS bytes FROM contents WHERE tenant = :tenant AND global_id = :id")
                .bind("tenant", examples.tenant().value())
                .bind("id", schema.globalId().value())
                .map((row, _) -> new Row(Encoding.of(row.getInt("encoding")), row.getInt("depth"), row.getInt("bytes")))
                .one());
    }

    private SchemaSummary register(String subject, String text) {
        return storage.registerSchema(examples.schema(subject, text), RegistrationRules.nextMinor())
                .schema();
    }

    private byte[] read(SchemaSummary schema) {
        return storage.getSchema(new SchemaKey.ById(schema.id()))
                .orElseThrow()
                .content()
                .bytes();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Words that compress as schemas do. */
    private String text(int fields) {
        return IntStream.range(0, fields)
                .mapToObj(i -> "\"field%d\": {\"type\": \"string\", \"description\": \"number %d\"}"
                        .formatted(i, random.nextInt()))
                .collect(Collectors.joining(",\n  ", "{\n  ", "\n}"));
    }

    /** What has no pattern. */
    private String noise(int length) {
        return random.ints(length, 0x20, 0x7F).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private String changed(String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "x" + random.nextInt() + text.substring(at);
    }

    @Test
    void historyOfASubject_isStoredAsDifferences_inChainsThatAreBounded() {
        System.out.println("CompactContentTest, seed " + seed);
        Map<SchemaSummary, String> history = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        String text = text(200);
        for (int i = 0; i < 50; i++) {
            SchemaSummary schema = register("orders", text);
            history.put(schema, text);
            rows.add(row(schema));
            text = changed(text);
        }

        history.forEach((schema, expected) -> assertThat(read(schema)).isEqualTo(bytes(expected)));
        assertThat(rows.getFirst().encoding()).isEqualTo(Encoding.DICTIONARY);
        assertThat(rows).filteredOn(row -> row.encoding() == Encoding.DELTA).hasSize(46);
        assertThat(rows).extracting(Row::depth).contains(15).allMatch(depth -> depth <= Predecessor.MAX_DEPTH);
        assertThat(rows.stream().mapToInt(Row::bytes).sum() * 10)
                .isLessThan(history.values().stream().mapToInt(String::length).sum());
    }

    @Test
    void anyContent_comesBackAsItWas() {
        System.out.println("CompactContentTest, seed " + seed);
        List<String> texts = List.of(
                "",
                "1",
                noise(10),
                noise(300 * KIB),
                text(3_000),
                changed(text(20_000)),
                noise(2 * KIB * KIB),
                "x".repeat(KIB * KIB));
        Map<SchemaSummary, String> registered = new HashMap<>();
        for (String text : texts) {
            registered.put(register("one", text), text);
            // The second is stored against the first.
            registered.put(register("one", text + " "), text + " ");
        }

        registered.forEach((schema, text) -> assertThat(read(schema)).isEqualTo(bytes(text)));
    }

    @Test
    void contentThatIsNothingLikeTheLast_needsNoOther() {
        register("orders", text(10));

        assertThat(row(register("orders", noise(100))).depth()).isZero();
    }

    @Test
    void largeContents_areChainedOnlySoFar() {
        String text = text(8_000);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(row(register("orders", text)));
            text = changed(text);
        }

        int most = Math.max(Predecessor.MAX_CHAIN_BYTES / text.length(), Predecessor.MAX_CHAIN_SIZES);
        assertThat(rows).extracting(Row::depth).allMatch(depth -> depth < most).contains(most - 1);
    }

    @Test
    void rowOfAnEarlierRelease_isRead_andStoredAgainst() {
        String text = text(20);
        SchemaSummary old = register("orders", text);
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE contents SET encoding = 0, content = ?, depth = 0, chain_bytes = 0 WHERE tenant = ? AND global_id = ?",
                bytes(text),
                examples.tenant().value(),
                old.globalId().value()));
        try (PostgresStorage restarted = PostgresStorage.open(TestDatabase.config())) {
            String next = changed(text);
            SchemaSummary schema = restarted
                    .registerSchema(examples.schema("orders", next), RegistrationRules.nextMinor())
                    .schema();

            assertThat(read(old)).isEqualTo(bytes(text));
            assertThat(row(schema).encoding()).isEqualTo(Encoding.DELTA);
            assertThat(read(schema)).isEqualTo(bytes(next));
        }
    }

    @Test
    void flippedByte_isAnError_neverOtherContent() {
        System.out.println("CompactContentTest, seed " + seed);
        String text = text(50);
        List<SchemaSummary> schemas = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            schemas.add(register("orders", text));
            text = changed(text);
        }
        schemas.add(register("noise", noise(50)));
        assertThat(schemas)
                .extracting(schema -> row(schema).encoding())
                .contains(Encoding.DELTA, Encoding.DICTIONARY, Encoding.RAW);

        for (SchemaSummary schema : schemas) {
            int at = random.nextInt(row(schema).bytes());
            flip(schema.globalId(), at);
            assertThatThrownBy(() -> read(schema))
                    .as("byte %d of %s", at, row(schema))
                    .isInstanceOf(ContentDamaged.class)
                    .hasMessageContaining(schema.fingerprints().raw().toString());
            flip(schema.globalId(), at);
            assertThat(read(schema)).hasSize(schema.contentSize());
        }
        flip(schemas.getFirst().globalId(), row(schemas.getFirst()).bytes() / 2);
        assertThatThrownBy(() -> read(schemas.get(3))).as("its base's base").isInstanceOf(ContentDamaged.class);
    }

    private void flip(GlobalId id, int at) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE contents SET content = set_byte(content, ?, get_byte(content, ?) # 1) WHERE tenant = ? AND global_id = ?",
                at,
                at,
                id.tenant().value(),
                id.value()));
    }

    @Test
    void base_thatIsNoneAnyMore_isDoneWithout() {
        NewSchema candidate = examples.schema("orders", text(5));
        Sighting sighted = new Sighting(
                new SubjectHistory(0, false, null, null, null, SubjectSettings.NONE, SubjectSettings.NONE),
                ChangePosition.START,
                null,
                0,
                new ScopeRevisions(0, 0),
                false,
                null);
        PreparedContent against = new PreparedContent(
                Encoding.DELTA,
                new byte[] {1},
                new Predecessor(
                        new GlobalId(examples.tenant(), Integer.MAX_VALUE), Fingerprint.sha256(new byte[0]), 0, 0),
                1,
                1,
                false,
                null);
        SchemaSummary schema;
        try (PostgresTransaction transaction = storage.beginTransaction()) {
            schema = transaction
                    .registerAndSee(candidate, RegistrationRules.nextMinor(), sighted, against)
                    .found()
                    .orElseThrow()
                    .registration()
                    .schema();
            transaction.commit();
        }

        assertThat(row(schema).encoding()).isEqualTo(Encoding.DICTIONARY);
        assertThat(read(schema)).isEqualTo(candidate.content().bytes());
    }

    @Test
    void versionsOfOneTransaction_areStoredAgainstEachOther() {
        String text = text(50);
        SchemaSummary second;
        try (PostgresTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("orders", text), RegistrationRules.nextMinor());
            second = transaction
                    .registerSchema(examples.schema("orders", text + " "), RegistrationRules.nextMinor())
                    .schema();
            transaction.commit();
        }

        assertThat(row(second).encoding()).isEqualTo(Encoding.DELTA);
        assertThat(read(second)).isEqualTo(bytes(text + " "));
    }
}
