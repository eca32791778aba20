package io.llmschema.http.confluentapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.http.Answer;
import io.llmschema.http.JsonWriter;
import io.llmschema.http.Request;
import io.llmschema.http.TaggedAnswer;
import io.llmschema.model.Schema;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers about schemas as they are, kept ready to be sent for as long as the storage below keeps the schemas themselves.
 *
 * <p>They are found by the identity of a {@link Schema}, which never changes, and hold it weakly: so nothing here is ever stale, and what a cache below lets go of goes
 * here too. A kept answer must never refer to its schema; to the bytes of the content it may.
 */
final class ReadyAnswers {
    /** What is answered about a schema. */
    enum Form {
        VERSION,
        ID,
        TEXT
    }

    /** The answers about a larger content are made anew each time; sending them costs far more. */
    static final int MAX_CONTENT_BYTES = 256 * 1024;

    /** The answers that are kept have together about this many bytes; those asked for seldom make room for others. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** About what the tags and headers of one schema take. */
    private static final int HEADER_BYTES = 2 * 1024;

    private final SchemaOut out;

    private final Cache<Schema, OfSchema> kept = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MAX_BYTES)
            .weigher((Schema schema, OfSchema _) ->
                    HEADER_BYTES + JsonWriter.expectedBytes(schema.content().size()))
            // It is little, and not worth another thread.
            .executor(Runnable::run)
            .build();

    ReadyAnswers(SchemaOut out) {
        this.out = out;
    }

    /** The answers about one schema. */
    private static final class OfSchema {
        private final OfForm version = new OfForm();
        private final OfForm id = new OfForm();
        private final OfForm text = new OfForm();

        OfForm of(Form form) {
            return switch (form) {
                case VERSION -> version;
                case ID -> id;
                case TEXT -> text;
            };
        }
    }

    /** One answer in each media type, made when it is first asked for; if two ask at once, either of theirs is kept. */
    private static final class OfForm {
        private @Nullable TaggedAnswer versioned;
        private @Nullable TaggedAnswer registry;
        private @Nullable TaggedAnswer json;

        @Nullable
        TaggedAnswer get(MediaType type) {
            return switch (type) {
                case VERSIONED -> versioned;
                case REGISTRY -> registry;
                case JSON -> json;
            };
        }

        void keep(MediaType type, TaggedAnswer answer) {
            switch (type) {
                case VERSIONED -> versioned = answer;
                case REGISTRY -> registry = answer;
                case JSON -> json = answer;
            }
        }
    }

    private OfSchema of(Schema schema) {
        return schema.content().size() > MAX_CONTENT_BYTES ? new OfSchema() : kept.get(schema, _ -> new OfSchema());
    }

    /** The version with its subject and numbers. */
    Answer version(Request request, Schema schema) {
        return answer(request, schema, Form.VERSION, () -> out.byVersion(SchemaView.of(schema)));
    }

    /** The same for whoever knows its id. */
    Answer id(Request request, Schema schema) {
        return answer(request, schema, Form.ID, () -> out.byId(SchemaView.of(schema)));
    }

    /** The schema alone. */
    Answer text(Request request, Schema schema) {
        return answer(request, schema, Form.TEXT, schema.content()::bytes);
    }

    private Answer answer(Request request, Schema schema, Form form, Supplier<byte[]> body) {
        MediaType type = MediaType.acceptedBy(request);
        OfForm ready = of(schema).of(form);
        TaggedAnswer answer = ready.get(type);
        if (answer == null) {
            answer = TaggedAnswer.revalidated(
                    tag(schema, form, type), type.toString(), headers -> headers.with("Vary", Replies.VARY));
            ready.keep(type, answer);
        }
        return answer.to(request, body);
    }

    /** Every change to a version gives it a new revision; and the same version is written otherwise at another level. */
    private String tag(Schema schema, Form form, MediaType type) {
        return "%s-%d-%s-%s-%s"
                .formatted(schema.summary().id(), schema.summary().revision(), out.level(), form, type.name());
    }
}
