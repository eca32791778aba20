package io.llmschema.testkit;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Placement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source of new schemas of one tenant, each with an id and a time of its own, later than those of all before. Safe for many
 * threads.
 */
public final class SchemaExamples {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.000678Z");

    private final TenantId tenant;
    private final Random random;
    private final AtomicLong ticks = new AtomicLong();

    /** Examples whose ids depend on nothing but {@code random}. */
    public SchemaExamples(TenantId tenant, Random random) {
        this.tenant = tenant;
        this.random = random;
    }

    /** Examples of a tenant that no store has seen before, so that tests may share a database. */
    public static SchemaExamples ofFreshTenant() {
        return new SchemaExamples(freshTenant(), new Random());
    }

    public static TenantId freshTenant() {
        return new TenantId("t-" + UUID.randomUUID());
    }

    public TenantId tenant() {
        return tenant;
    }

    public Subject subject(String name) {
        return new Subject(tenant, name);
    }

    /** A moment a millisecond later than the last one. */
    public Instant now() {
        return timeOf(ticks.incrementAndGet());
    }

    /** An id of version 7 that is higher than all before. */
    public SchemaId newId() {
        return idOf(ticks.incrementAndGet());
    }

    private static Instant timeOf(long tick) {
        return START.plusMillis(tick);
    }

    private SchemaId idOf(long tick) {
        long timeAndVersion = timeOf(tick).toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        long variantAndRest = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new SchemaId(tenant, new UUID(timeAndVersion, variantAndRest));
    }

    /** A schema with this text and nothing else worth a word. */
    public NewSchema schema(String subject, String text) {
        return in(subject).text(text).build();
    }

    /** A schema to be described. */
    public Example in(String subject) {
        return new Example(subject(subject));
    }

    /** How another schema refers to this version. */
    public SchemaReference reference(String subject, String version) {
        return new SchemaReference(subject + ".json", subject(subject), Version.parse(version));
    }

    /** A description of a new schema; what is not said is ordinary. */
    public final class Example {
        private final Subject subject;
        private final long tick = ticks.incrementAndGet();
        private SchemaType type = SchemaType.JSON;
        private SchemaContent content = SchemaContent.of("{}");
        private List<SchemaReference> references = List.of();
        private SchemaOutline outline = new SchemaOutline(List.of(), List.of(), List.of());
        private Metadata metadata = Metadata.NONE;
        private SchemaState state = new SchemaState.Active();
        private Instant createdAt = timeOf(tick);
        private String createdBy = "tester";
        private String distinction = "";
        private boolean isByMeaning;
        private @Nullable UUID guid;
        private Placement placement = Placement.NEXT;

        private Example(Subject subject) {
            this.subject = subject;
        }

        public Example type(SchemaType given) {
            type = given;
            return this;
        }

        public Example text(String text) {
            content = SchemaContent.of(text);
            return this;
        }

        public Example references(SchemaReference... given) {
            references = List.of(given);
            return this;
        }

        public Example title(String title) {
            return outline(List.of(title), List.of(), List.of());
        }

        public Example outline(List<String> titles, List<String> descriptions, List<String> fieldNames) {
            outline = new SchemaOutline(titles, descriptions, fieldNames);
            return this;
        }

        public Example owner(String owner) {
            metadata = new Metadata(metadata.description(), owner, metadata.tags(), metadata.attributes());
            return this;
        }

        public Example tags(String... tags) {
            metadata = new Metadata(metadata.description(), metadata.owner(), List.of(tags), metadata.attributes());
            return this;
        }

        public Example attributes(String json) {
            metadata = new Metadata(metadata.description(), metadata.owner(), metadata.tags(), json);
            return this;
        }

        public Example metadata(Metadata given) {
            metadata = given;
            return this;
        }

        public Example state(SchemaState given) {
            state = given;
            return this;
        }

        public Example createdAt(Instant given) {
            createdAt = given;
            return this;
        }

        public Example createdBy(String author) {
            createdBy = author;
            return this;
        }

        public Example distinction(String given) {
            distinction = given;
            return this;
        }

        public Example byMeaning() {
            isByMeaning = true;
            return this;
        }

        public Example guid(UUID given) {
            guid = given;
            return this;
        }

        public Example placement(Placement given) {
            placement = given;
            return this;
        }

        public NewSchema build() {
            return new NewSchema(
                    idOf(tick),
                    subject,
                    type,
                    content,
                    fingerprints(content),
                    references,
                    outline,
                    metadata,
                    state,
                    createdAt,
                    createdBy,
                    distinction,
                    isByMeaning,
                    guid,
                    placement);
        }
    }

    /** Hashes that are as blind as they should be, though of no real canonical form. */
    static Fingerprints fingerprints(SchemaContent content) {
        String canonical = content.text().replaceAll("\\s", "");
        String unordered = canonical
                .codePoints()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Fingerprints(Fingerprint.sha256(content.bytes()), sha256(canonical), sha256(unordered));
    }

    private static Fingerprint sha256(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
