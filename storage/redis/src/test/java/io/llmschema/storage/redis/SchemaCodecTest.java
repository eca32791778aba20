package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.redis.SchemaCodec.Entry;
import io.llmschema.storage.redis.SchemaCodec.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaCodecTest {
    private static final List<SubjectChange.Kind> KINDS = List.of(SubjectChange.Kind.values());

    private static final int ROUNDS = 2_000;
    private static final int DAMAGES = 20_000;
    private static final byte[] KEY = "llmschema:e{s:default:orders}latest".getBytes(StandardCharsets.UTF_8);
    private static final String CHANNEL = "llmschema:changes";

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private static String text(Random random, int max) {
        return random.ints(1 + random.nextInt(max), 1, 0x1_F600)
                .filter(c -> !Character.isSurrogate((char) c) || c > 0xFFFF)
                .collect(() -> new StringBuilder("x"), StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> several(int max, Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(max + 1)).toList();
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private Version version() {
        return Version.parse("%d.%d.%d%s%s"
                .formatted(
                        random.nextInt(100),
                        random.nextInt(100),
                        random.nextInt(Integer.MAX_VALUE),
                        random.nextBoolean() ? "-rc." + random.nextInt(10) : "",
                        random.nextBoolean() ? "+build." + random.nextInt(10) : ""));
    }

    private Subject subject(TenantId tenant) {
        return new Subject(tenant, "a}/{b:ü-" + random.nextInt());
    }

    private SchemaState state() {
        return switch (random.nextInt(4)) {
            case 0 -> new SchemaState.Draft();
            case 1 -> new SchemaState.Active();
            case 2 ->
                new SchemaState.Deprecated(
                        text(random, 100),
                        maybe(() -> LocalDate.ofEpochDay(random.nextInt(50_000))),
                        maybe(() -> text(random, 20)));
            default -> new SchemaState.Archived();
        };
    }

    private Schema schema() {
        TenantId tenant = new TenantId("t" + random.nextInt(1_000));
        byte[] content = new byte[random.nextInt(3_000)];
        random.nextBytes(content);
        return new Schema(
                new SchemaSummary(
                        new SchemaId(tenant, new UUID(random.nextLong(), random.nextLong())),
                        new GlobalId(tenant, random.nextInt()),
                        subject(tenant),
                        random.nextInt(),
                        version(),
                        List.of(SchemaType.values()).get(random.nextInt(SchemaType.values().length)),
                        state(),
                        new Fingerprints(fingerprint(), fingerprint(), fingerprint()),
                        random.nextInt(),
                        several(5, () -> new SchemaReference(text(random, 300), subject(tenant), version())),
                        new Metadata(
                                maybe(() -> text(random, 500)),
                                maybe(() -> text(random, 50)),
                                several(10, () -> text(random, 20)),
                                "{\"a\": \"" + random.nextInt() + "\"}"),
                        instant(),
                        text(random, 30),
                        maybe(this::instant),
                        random.nextLong()),
                new SchemaContent(content));
    }

    private Entry entry() {
        return new Entry(
                random.nextLong(),
                new Seen<>(
                        maybe(this::schema),
                        random.nextLong(Long.MAX_VALUE),
                        new ChangePosition(random.nextLong(Long.MAX_VALUE)),
                        new ChangePosition(random.nextLong(Long.MAX_VALUE))));
    }

    private SubjectChange change() {
        TenantId tenant = new TenantId("t" + random.nextInt(1_000));
        return new SubjectChange(
                subject(tenant),
                random.nextLong(),
                KINDS.get(random.nextInt(KINDS.size())),
                several(
                        300,
                        () -> new SubjectChange.Version(
                                new SchemaId(tenant, new UUID(random.nextLong(), random.nextLong())),
                                random.nextLong(),
                                maybe(() -> new GlobalId(tenant, random.nextInt())))));
    }

    private byte[] damaged(byte[] bytes) {
        byte[] damaged = switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(10));
            default -> bytes.clone();
        };
        int flips = damaged.length == bytes.length ? 1 + random.nextInt(3) : random.nextInt(3);
        IntStream.range(0, damaged.length == 0 ? 0 : flips)
                .forEach(_ -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8)));
        return damaged;
    }

    @Test
    void entry_ofAnySchema_comesBackTheSame() {
        for (int i = 0; i < ROUNDS; i++) {
            Entry entry = entry();

            assertThat(SchemaCodec.decodeEntry(KEY, SchemaCodec.encode(KEY, entry)))
                    .as("seed %d", seed)
                    .contains(entry);
        }
    }

    @Test
    void entry_underAnotherKey_isNothing() {
        byte[] bytes = SchemaCodec.encode(KEY, entry());

        assertThat(SchemaCodec.decodeEntry(
                        "llmschema:e{s:default:orders}1.0.0".getBytes(StandardCharsets.UTF_8), bytes))
                .isEmpty();
    }

    @Test
    void entry_ofUnknownVersion_isNothing() {
        RecordWriter out = new RecordWriter((byte) (SchemaCodec.ENTRY_VERSION + 1), 100);
        IntStream.range(0, 50).forEach(_ -> out.writeLong(0));

        assertThat(SchemaCodec.decodeEntry(KEY, out.seal(KEY))).isEmpty();
    }

    @Test
    void entry_damaged_isNothing() {
        Entry entry = entry();
        for (int i = 0; i < DAMAGES; i++) {
            if (i % 100 == 0) {
                entry = entry();
            }
            byte[] bytes = SchemaCodec.encode(KEY, entry);
            byte[] damaged = damaged(bytes);

            if (!Arrays.equals(bytes, damaged)) {
                assertThat(SchemaCodec.decodeEntry(KEY, damaged))
                        .as("seed %d", seed)
                        .isEmpty();
            }
        }
    }

    /** As another make of this program might write it: the checksum is right, what it covers is not. */
    @Test
    void entry_senselessButSealed_isNothingOrAnEntryButNoException() {
        for (int i = 0; i < DAMAGES; i++) {
            RecordWriter out = new RecordWriter(SchemaCodec.ENTRY_VERSION, 100);
            byte[] real = SchemaCodec.encode(KEY, entry());
            byte[] body = damaged(Arrays.copyOfRange(real, 1, RecordWriter.withoutChecksum(real.length)));
            for (byte each : body) {
                out.writeByte(each);
            }

            assertThat(SchemaCodec.decodeEntry(KEY, out.seal(KEY)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    @Test
    void message_ofAnyChanges_comesBackTheSame() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            Message message = new Message(UUID.randomUUID(), several(10, this::change));

            assertThat(SchemaCodec.decodeMessage(CHANNEL, SchemaCodec.encode(CHANNEL, message)))
                    .as("seed %d", seed)
                    .contains(message);
        }
    }

    @Test
    void message_damaged_isNothing() {
        byte[] bytes = SchemaCodec.encode(CHANNEL, new Message(UUID.randomUUID(), List.of(change(), change())));
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = damaged(bytes);

            if (!Arrays.equals(bytes, damaged)) {
                assertThat(SchemaCodec.decodeMessage(CHANNEL, damaged))
                        .as("seed %d", seed)
                        .isEmpty();
            }
        }
    }
}
