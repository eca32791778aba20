package io.llmschema.storage.redis;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How answers and changes are written as bytes.
 *
 * <p>A record begins with a byte that says its version and ends with a checksum (CRC-32C). The checksum covers the key under which the
 * record stands too, so that a record is never taken for the answer to another question. What is of an unknown version, cut off,
 * or garbage is nothing; it is never an exception, and never another answer. Content comes back byte for byte.
 *
 * <p>All numbers are big-endian. An entry begins with its version, the incarnation of its floor (8 bytes) and its revision (8 bytes),
 * which the scripts in {@link Script} read.
 */
final class SchemaCodec {
    /** To be raised with every change of the layout; nodes of two makes then do not see each other's entries. */
    static final byte ENTRY_VERSION = 2;

    static final byte CHANGES_VERSION = 2;

    /** What a summary takes beside its texts, roughly. */
    private static final int SUMMARY_BYTES = 512;

    private static final int CHANGE_BYTES = 64;

    private static final byte DRAFT = 0;
    private static final byte ACTIVE = 1;
    private static final byte DEPRECATED = 2;
    private static final byte ARCHIVED = 3;

    private static final byte JSON = 0;
    private static final byte AVRO = 1;
    private static final byte PROTOBUF = 2;

    private SchemaCodec() {}

    /**
     * An answer as it is kept.
     *
     * @param incarnation of the floor that was there when the answer was asked for
     */
    record Entry(long incarnation, Seen<Schema> seen) {}

    /**
     * Changes as they are told.
     *
     * @param sender the node that tells
     */
    record Message(UUID sender, List<SubjectChange> changes) {
        Message {
            changes = List.copyOf(changes);
        }
    }

    /** The entry as it stands under that key. */
    static byte[] encode(byte[] key, Entry entry) {
        Seen<Schema> seen = entry.seen();
        Schema found = seen.found().orElse(null);
        int sizeHint = SUMMARY_BYTES + (found == null ? 0 : found.content().size());
        RecordWriter out = new RecordWriter(ENTRY_VERSION, sizeHint);
        out.writeLong(entry.incarnation());
        out.writeLong(seen.revision());
        out.writeLong(seen.shown().value());
        out.writeLong(seen.complete().value());
        out.writeByte(found == null ? 0 : 1);
        if (found != null) {
            write(out, found.summary());
            out.writeBytes(found.content().bytes());
        }
        return out.seal(key);
    }

    /** The entry that stands under that key; nothing if these bytes are none. */
    static Optional<Entry> decodeEntry(byte[] key, byte[] bytes) {
        return RecordReader.read(ENTRY_VERSION, key, bytes, in -> {
            long incarnation = in.readLong();
            long revision = in.readLong();
            ChangePosition shown = new ChangePosition(in.readLong());
            ChangePosition complete = new ChangePosition(in.readLong());
            Schema found = in.readFlag() ? new Schema(readSummary(in), new SchemaContent(in.readBytes())) : null;
            return new Entry(incarnation, new Seen<>(found, revision, shown, complete));
        });
    }

    private static void write(RecordWriter out, SchemaSummary summary) {
        TenantId tenant = summary.id().tenant();
        out.writeText(tenant.value());
        writeUuid(out, summary.id().uuid());
        out.writeInt(
                inside(tenant, summary.globalId().tenant(), summary.globalId().value()));
        out.writeText(
                inside(tenant, summary.subject().tenant(), summary.subject().name()));
        out.writeInt(summary.ordinal());
        out.writeText(summary.version().toString());
        out.writeByte(codeOf(summary.type()));
        write(out, summary.state());
        write(out, summary.fingerprints().raw());
        write(out, summary.fingerprints().canonical());
        write(out, summary.fingerprints().unordered());
        out.writeInt(summary.contentSize());
        out.writeSize(summary.references().size());
        for (SchemaReference reference : summary.references()) {
            out.writeText(reference.name());
            out.writeText(inside(
                    tenant, reference.subject().tenant(), reference.subject().name()));
            out.writeText(reference.version().toString());
        }
        write(out, summary.metadata());
        write(out, summary.createdAt());
        out.writeText(summary.createdBy());
        Instant deletedAt = summary.deletedAt();
        out.writeByte(deletedAt == null ? 0 : 1);
        if (deletedAt != null) {
            write(out, deletedAt);
        }
        out.writeLong(summary.revision());
    }

    /** The value, which is the same tenant's: the tenant is written once. */
    private static <T> T inside(TenantId tenant, TenantId other, T value) {
        if (!tenant.equals(other)) {
            throw new IllegalArgumentException("a schema of '%s' names one of '%s'".formatted(tenant, other));
        }
        return value;
    }

    private static SchemaSummary readSummary(RecordReader in) {
        TenantId tenant = new TenantId(in.readText());
        return new SchemaSummary(
                new SchemaId(tenant, readUuid(in)),
                new GlobalId(tenant, in.readInt()),
                new Subject(tenant, in.readText()),
                in.readInt(),
                Version.parse(in.readText()),
                readType(in),
                readState(in),
                new Fingerprints(readFingerprint(in), readFingerprint(in), readFingerprint(in)),
                in.readInt(),
                in.readList(() -> new SchemaReference(
                        in.readText(), new Subject(tenant, in.readText()), Version.parse(in.readText()))),
                readMetadata(in),
                readInstant(in),
                in.readText(),
                in.readFlag() ? readInstant(in) : null,
                in.readLong());
    }

    private static byte codeOf(SchemaType type) {
        return switch (type) {
            case JSON -> JSON;
            case AVRO -> AVRO;
            case PROTOBUF -> PROTOBUF;
        };
    }

    private static SchemaType readType(RecordReader in) {
        byte code = in.readByte();
        return switch (code) {
            case JSON -> SchemaType.JSON;
            case AVRO -> SchemaType.AVRO;
            case PROTOBUF -> SchemaType.PROTOBUF;
            default -> throw new IllegalArgumentException("an unknown type: " + code);
        };
    }

    private static void write(RecordWriter out, SchemaState state) {
        switch (state) {
            case SchemaState.Draft _ -> out.writeByte(DRAFT);
            case SchemaState.Active _ -> out.writeByte(ACTIVE);
            case SchemaState.Deprecated(var reason, var sunset, var replacement, var since) -> {
                out.writeByte(DEPRECATED);
                out.writeText(reason);
                out.writeByte(sunset == null ? 0 : 1);
                if (sunset != null) {
                    out.writeLong(sunset.toEpochDay());
                }
                out.writeTextIfAny(replacement);
                out.writeByte(since == null ? 0 : 1);
                if (since != null) {
                    write(out, since);
                }
            }
            case SchemaState.Archived _ -> out.writeByte(ARCHIVED);
        }
    }

    private static SchemaState readState(RecordReader in) {
        byte code = in.readByte();
        return switch (code) {
            case DRAFT -> new SchemaState.Draft();
            case ACTIVE -> new SchemaState.Active();
            case DEPRECATED ->
                new SchemaState.Deprecated(
                        in.readText(),
                        in.readFlag() ? LocalDate.ofEpochDay(in.readLong()) : null,
                        in.readTextIfAny(),
                        in.readFlag() ? readInstant(in) : null);
            case ARCHIVED -> new SchemaState.Archived();
            default -> throw new IllegalArgumentException("an unknown state: " + code);
        };
    }

    private static void write(RecordWriter out, Metadata metadata) {
        out.writeTextIfAny(metadata.description());
        out.writeTextIfAny(metadata.owner());
        out.writeSize(metadata.tags().size());
        metadata.tags().forEach(out::writeText);
        out.writeText(metadata.attributes());
    }

    private static Metadata readMetadata(RecordReader in) {
        return new Metadata(in.readTextIfAny(), in.readTextIfAny(), in.readList(in::readText), in.readText());
    }

    private static void write(RecordWriter out, Fingerprint fingerprint) {
        out.writeLong(fingerprint.first());
        out.writeLong(fingerprint.second());
        out.writeLong(fingerprint.third());
        out.writeLong(fingerprint.fourth());
    }

    private static Fingerprint readFingerprint(RecordReader in) {
        return new Fingerprint(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static void write(RecordWriter out, Instant instant) {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(RecordReader in) {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeUuid(RecordWriter out, UUID uuid) {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    private static UUID readUuid(RecordReader in) {
        return new UUID(in.readLong(), in.readLong());
    }

    /** The message as it is told on that channel. */
    static byte[] encode(String channel, Message message) {
        RecordWriter out = new RecordWriter(CHANGES_VERSION, message.changes().size() * CHANGE_BYTES + CHANGE_BYTES);
        writeUuid(out, message.sender());
        out.writeSize(message.changes().size());
        message.changes().forEach(change -> write(out, change));
        return out.seal(channel.getBytes(StandardCharsets.UTF_8));
    }

    /** The message that was told on that channel; nothing if these bytes are none. */
    static Optional<Message> decodeMessage(String channel, byte[] bytes) {
        return RecordReader.read(
                CHANGES_VERSION,
                channel.getBytes(StandardCharsets.UTF_8),
                bytes,
                in -> new Message(readUuid(in), in.readList(() -> readChange(in))));
    }

    private static void write(RecordWriter out, SubjectChange change) {
        TenantId tenant = change.subject().tenant();
        out.writeText(tenant.value());
        out.writeText(change.subject().name());
        out.writeLong(change.revision());
        out.writeByte(
                switch (change.kind()) {
                    case ADDITION -> 0;
                    case STATEMENT -> 1;
                    case ALTERATION -> 2;
                });
        out.writeSize(change.versions().size());
        for (SubjectChange.Version version : change.versions()) {
            writeUuid(out, inside(tenant, version.id().tenant(), version.id().uuid()));
            out.writeLong(version.revision());
            GlobalId content = version.content();
            out.writeByte(content == null ? 0 : 1);
            if (content != null) {
                out.writeInt(inside(tenant, content.tenant(), content.value()));
            }
        }
    }

    private static SubjectChange.Kind readKind(RecordReader in) {
        int number = in.readByte();
        return switch (number) {
            case 0 -> SubjectChange.Kind.ADDITION;
            case 1 -> SubjectChange.Kind.STATEMENT;
            case 2 -> SubjectChange.Kind.ALTERATION;
            default -> throw new IllegalArgumentException("no kind of change: " + number);
        };
    }

    private static SubjectChange readChange(RecordReader in) {
        TenantId tenant = new TenantId(in.readText());
        return new SubjectChange(
                new Subject(tenant, in.readText()),
                in.readLong(),
                readKind(in),
                in.readList(() -> new SubjectChange.Version(
                        new SchemaId(tenant, readUuid(in)),
                        in.readLong(),
                        in.readFlag() ? new GlobalId(tenant, in.readInt()) : null)));
    }
}
