package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.InMemoryBlobStore;
import io.llmschema.storage.postgres.ContentMaintenance.TieringPolicy;
import io.llmschema.testkit.FailingBlobStore;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** A database of its own and a blob store, with what tests of contents need to put in there and to look behind the port. */
final class ContentRoom implements AutoCloseable {
    /** Contents above this are large. */
    static final int INLINE_BYTES = 1_000;

    /** What is older than the examples of a subject that has been aged, and its three newest versions stay. */
    static final TieringPolicy COLD = new TieringPolicy(Duration.ofDays(30), 3);

    private static final Duration A_WHILE = Duration.ofSeconds(40);

    private final PostgresConfig config = TestDatabase.ofItsOwn();
    private final int inlineBytes;
    final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    final InMemoryBlobStore memory = new InMemoryBlobStore();
    final FailingBlobStore blobs = new FailingBlobStore(memory);
    final PostgresStorage storage;
    final Jdbi jdbi;
    final Random random;

    /** Each content that was registered, by the version that has it. */
    final Map<SchemaSummary, byte[]> registered = new ConcurrentHashMap<>();

    private ContentRoom(int inlineBytes) {
        this.inlineBytes = inlineBytes;
        this.storage = PostgresStorage.open(config, new BlobPlace(blobs, inlineBytes));
        this.jdbi = Jdbi.create(config.jdbcUrl());
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("seed " + seed);
        this.random = new Random(seed);
    }

    static ContentRoom open(int inlineBytes) {
        return new ContentRoom(inlineBytes);
    }

    ContentMaintenance maintenance() {
        return storage.maintenance();
    }

    SchemaSummary register(String subject, String text) {
        return register(examples.schema(subject, text));
    }

    SchemaSummary register(NewSchema candidate) {
        SchemaSummary schema =
                storage.registerSchema(candidate, RegistrationRules.nextMinor()).schema();
        registered.put(schema, candidate.content().bytes());
        return schema;
    }

    /** What was registered. */
    byte[] content(SchemaSummary schema) {
        return Objects.requireNonNull(registered.get(schema));
    }

    byte[] read(SchemaSummary schema) {
        return storage.getSchema(new SchemaKey.ById(schema.id()))
                .orElseThrow()
                .content()
                .bytes();
    }

    /** Reads it through another node, which has nothing of it in its memory. */
    byte[] readElsewhere(SchemaSummary schema) {
        try (PostgresStorage other = PostgresStorage.open(config, new BlobPlace(blobs, inlineBytes))) {
            return other.getSchema(new SchemaKey.ById(schema.id()))
                    .orElseThrow()
                    .content()
                    .bytes();
        }
    }

    void assertAllReadable() {
        registered.forEach((schema, bytes) -> assertThat(read(schema)).isEqualTo(bytes));
    }

    /** Removes a version for good. */
    void purge(SchemaSummary schema) {
        storage.deleteSchema(schema.id(), examples.now());
        storage.purgeSchema(schema.id());
        // A version that was found there may have been told otherwise when it was registered: it has been aged since.
        registered.keySet().removeIf(one -> one.id().equals(schema.id()));
    }

    /** A row as it lies in the database. */
    record Row(Encoding encoding, boolean isInRow, boolean awaitsBlob) {}

    Row row(SchemaSummary schema) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT encoding, content IS NOT NULL AS is_in_row, awaits_blob FROM contents
                        WHERE tenant = :tenant AND global_id = :id
                        """)
                .bind("tenant", schema.globalId().tenant().value())
                .bind("id", schema.globalId().value())
                .map((row, _) -> new Row(
                        Encoding.of(row.getInt("encoding")),
                        row.getBoolean("is_in_row"),
                        row.getBoolean("awaits_blob")))
                .one());
    }

    Encoding encoding(SchemaSummary schema) {
        return row(schema).encoding();
    }

    long count(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + sql)
                .mapTo(Long.class)
                .one());
    }

    void execute(String sql, Object... arguments) {
        jdbi.useHandle(handle -> handle.execute(sql, arguments));
    }

    /** Lets everything have been registered long ago. */
    void age() {
        jdbi.useTransaction(handle -> {
            // As every change does: whoever has rows of versions locked has a subject's as well.
            handle.execute("SELECT 1 FROM subjects ORDER BY tenant, name FOR NO KEY UPDATE");
            handle.execute("UPDATE schemas SET created_at = now() - interval '100 days'");
        });
    }

    void flip(SchemaSummary schema) {
        execute(
                "UPDATE contents SET content = set_byte(content, length(content) / 2, get_byte(content, length(content) / 2) # 1)"
                        + " WHERE tenant = ? AND global_id = ?",
                schema.globalId().tenant().value(),
                schema.globalId().value());
    }

    /** The same in the blob store. */
    void flip(Fingerprint object) {
        byte[] bytes = memory.get(object).orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        memory.overwrite(object, bytes);
    }

    Fingerprint archiveOf(SchemaSummary schema) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT archive FROM contents WHERE tenant = :tenant AND global_id = :id")
                        .bind("tenant", schema.globalId().tenant().value())
                        .bind("id", schema.globalId().value())
                        .map((row, _) -> Fingerprint.ofBytes(row.getBytes("archive")))
                        .one());
    }

    List<Fingerprint> objects() {
        return memory.list(null, BlobStore.MAX_PAGE).blobs().stream()
                .map(BlobPage.Blob::hash)
                .toList();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + A_WHILE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("until " + what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Words that compress as schemas do, about 70 bytes for each field. */
    String text(int fields) {
        return IntStream.range(0, fields)
                .mapToObj(i -> "\"field%d\": {\"type\": \"string\", \"description\": \"number %d\"}"
                        .formatted(i, random.nextInt()))
                .collect(Collectors.joining(",\n  ", "{\n  ", "\n}"));
    }

    /** What has no pattern. */
    String noise(int length) {
        return random.ints(length, 0x20, 0x7F).mapToObj(Character::toString).collect(Collectors.joining());
    }

    String changed(String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "x" + random.nextInt() + text.substring(at);
    }

    /** As many versions of a subject, each a little different from the last. */
    List<SchemaSummary> history(String subject, int versions) {
        String[] text = {text(20)};
        return IntStream.range(0, versions)
                .mapToObj(_ -> {
                    text[0] = changed(text[0]);
                    return register(subject, text[0]);
                })
                .toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        storage.close();
    }
}
