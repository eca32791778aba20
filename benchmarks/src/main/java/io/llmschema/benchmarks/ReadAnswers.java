package io.llmschema.benchmarks;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Seen;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a store would answer about many schemas, all with one content of 1.5 KB, made when it is asked. */
final class ReadAnswers {
    private static final SchemaContent CONTENT =
            SchemaContent.of("{\"type\":\"object\",\"description\":\"" + "x".repeat(1_500) + "\"}");
    private static final Fingerprint HASH = Fingerprint.sha256(new byte[0]);
    private static final Fingerprints HASHES = new Fingerprints(HASH, HASH, HASH);
    private static final Subject SUBJECT = new Subject(TenantId.DEFAULT, "orders");

    private final List<SchemaKey.ById> keys;

    ReadAnswers(int schemas) {
        keys = IntStream.range(0, schemas)
                .mapToObj(number -> new SchemaKey.ById(new SchemaId(TenantId.DEFAULT, new UUID(0x7000, number))))
                .toList();
    }

    SchemaKey.ById key(int schema) {
        return keys.get(schema);
    }

    Seen<Schema> seen(int schema) {
        SchemaSummary summary = new SchemaSummary(
                key(schema).id(),
                new GlobalId(TenantId.DEFAULT, schema + 1),
                SUBJECT,
                schema + 1,
                Version.of(1, schema, 0),
                SchemaType.JSON,
                new SchemaState.Active(),
                HASHES,
                CONTENT.size(),
                List.of(),
                Metadata.NONE,
                Instant.EPOCH,
                "benchmark",
                null,
                1);
        return new Seen<>(new Schema(summary, CONTENT), 1, ChangePosition.START, ChangePosition.START);
    }
}
