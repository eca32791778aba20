package io.llmschema.http.registryapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.RequestExample;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadyAnswersTest {
    private static final String SMALL = "{\"type\":\"string\"}";
    private static final UUID ID = UUID.fromString("01993b1e-7c1a-7000-8000-000000000000");
    private static final Request REQUEST = RequestExample.withHeaders(Map.of());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReadyAnswers answers = new ReadyAnswers();

    @Test
    void anyAnswer_aboutOneInstance_isTheSameEachTime() {
        Schema schema = schema(SMALL, 1);

        assertThat(answers.schema(REQUEST, schema)).isSameAs(answers.schema(REQUEST, schema));
        assertThat(answers.content(REQUEST, schema)).isSameAs(answers.content(REQUEST, schema));
        assertThat(answers.contentForEver(REQUEST, schema)).isSameAs(answers.contentForEver(REQUEST, schema));
    }

    @Test
    void anyAnswer_aboutAnEqualInstance_isAnotherThatIsAlike() {
        Schema schema = schema(SMALL, 1);
        Schema equal = schema(SMALL, 1);

        assertThat(answers.schema(REQUEST, schema)).isNotSameAs(answers.schema(REQUEST, equal));
        assertAlike(answers.schema(REQUEST, schema), answers.schema(REQUEST, equal));
        assertAlike(answers.content(REQUEST, schema), answers.content(REQUEST, equal));
        assertAlike(answers.contentForEver(REQUEST, schema), answers.contentForEver(REQUEST, equal));
    }

    @Test
    void schema_isRenderedWithItsTag() {
        Schema schema = schema(SMALL, 7);

        Answer answer = answers.schema(REQUEST, schema);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(JsonOut.schema(schema));
        assertThat(answer.headers())
                .hasToString("Cache-Control: no-cache, Vary: Registry-Tenant, ETag: \"" + ID
                        + "-7\", Content-Type: application/json");
    }

    @Test
    void schema_changed_hasItsOwnAnswer() {
        Answer before = answers.schema(REQUEST, schema(SMALL, 1));

        Schema changed = schema(SMALL, 2);
        Answer after = answers.schema(REQUEST, changed);

        assertThat(after.headers()).asString().contains("-2\"");
        assertThat(before.headers()).asString().contains("-1\"");
        assertThat(after.body()).isEqualTo(JsonOut.schema(changed));
    }

    @Test
    void content_isTheBytesThemselves() {
        Schema schema = schema(SMALL, 1);

        assertThat(answers.content(REQUEST, schema).body())
                .isSameAs(schema.content().bytes());
        assertThat(answers.contentForEver(REQUEST, schema).body())
                .isSameAs(schema.content().bytes());
        assertThat(answers.content(REQUEST, schema).headers()).asString().contains("Cache-Control: no-cache,");
        assertThat(answers.contentForEver(REQUEST, schema).headers()).asString().contains("immutable");
    }

    @Test
    void anyAnswer_toWhoHasItAlready_isNotModified() {
        Schema schema = schema(SMALL, 1);
        Request ofSchema = RequestExample.withHeaders(Map.of("If-None-Match", "\"other\", W/\"" + ID + "-1\""));
        Request ofAnything = RequestExample.withHeaders(Map.of("If-None-Match", "*"));

        for (int i = 0; i < 2; i++) {
            assertNotModified(answers.schema(ofSchema, schema));
            assertNotModified(answers.schema(ofAnything, schema));
            assertNotModified(answers.content(ofAnything, schema));
            assertNotModified(answers.contentForEver(ofAnything, schema));
            assertThat(answers.content(ofSchema, schema).status()).isEqualTo(200);
            assertThat(answers.schema(REQUEST, schema).status()).isEqualTo(200);
        }
    }

    @Test
    void anyAnswer_aboutALargeContent_isMadeAnew() {
        Schema schema = schema('"' + "a".repeat(ReadyAnswers.MAX_CONTENT_BYTES) + '"', 1);

        assertThat(answers.schema(REQUEST, schema)).isNotSameAs(answers.schema(REQUEST, schema));
        assertAlike(answers.schema(REQUEST, schema), answers.schema(REQUEST, schema));
        assertAlike(answers.content(REQUEST, schema), answers.content(REQUEST, schema));
    }

    @Test
    void answers_doNotHoldTheirSchema() {
        WeakReference<Schema> schema = askedAndForgotten();

        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!schema.refersTo(null) && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(schema.refersTo(null)).isTrue();
    }

    private WeakReference<Schema> askedAndForgotten() {
        Schema schema = schema(SMALL, 1);
        answers.schema(REQUEST, schema);
        answers.content(REQUEST, schema);
        answers.contentForEver(REQUEST, schema);
        return new WeakReference<>(schema);
    }

    private static void assertNotModified(Answer answer) {
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).asString().contains("ETag: ").doesNotContain("Content-Type");
    }

    private static void assertAlike(Answer one, Answer other) {
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(one.body()).isEqualTo(other.body());
        assertThat(one.headers()).hasToString(String.valueOf(other.headers()));
    }

    private static Schema schema(String text, long revision) {
        SchemaContent content = SchemaContent.of(text);
        Fingerprint hash = Fingerprint.sha256(content.bytes());
        SchemaSummary summary = new SchemaSummary(
                new SchemaId(TenantId.DEFAULT, ID),
                new GlobalId(TenantId.DEFAULT, 1),
                new Subject(TenantId.DEFAULT, "orders"),
                1,
                Version.of(1, 0, 0),
                SchemaType.JSON,
                new SchemaState.Active(),
                new Fingerprints(hash, hash, hash),
                content.size(),
                List.of(),
                Metadata.NONE,
                Instant.EPOCH,
                "somebody",
                null,
                revision);
        return new Schema(summary, content);
    }
}
