package io.llmschema.http.registryapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.http.Answer;
import io.llmschema.http.JsonWriter;
import io.llmschema.http.Request;
import io.llmschema.http.TaggedAnswer;
import io.llmschema.model.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answers about schemas, kept ready to be sent for as long as the storage below keeps the schemas themselves.
 *
 * <p>They are found by the identity of a {@link Schema}, and hold it weakly. By identity, because an instance never changes, so nothing
 * here is ever stale or has to be invalidated; and to compare contents would cost more than it saves. Weakly, because an answer is of
 * use only while storage returns the same instance again: when a cache there lets go of it, the answer goes with it. So a kept answer
 * must never refer to its schema; to the bytes of the content it may.
 */
final class ReadyAnswers {
    /** The answers about a larger content are made anew each time; sending them costs far more. */
    static final int MAX_CONTENT_BYTES = 256 * 1024;

    /** The answers that are kept have together about this many bytes; those asked for seldom make room for others. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** About what the tags and headers of one schema take. */
    private static final int HEADER_BYTES = 2 * 1024;

    private final Cache<Schema, OfSchema> kept = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MAX_BYTES)
            .weigher((Schema schema, OfSchema _) ->
                    HEADER_BYTES + JsonWriter.expectedBytes(schema.content().size()))
            // It is little, and not worth another thread.
            .executor(Runnable::run)
            .build();

    /** The answers about one schema, each made when it is first asked for; if two ask at once, either of theirs is kept. */
    private static final class OfSchema {
        private @Nullable TaggedAnswer schema;
        private @Nullable TaggedAnswer content;
        private @Nullable TaggedAnswer contentForEver;
    }

    private OfSchema of(Schema schema) {
        return schema.content().size() > MAX_CONTENT_BYTES ? new OfSchema() : kept.get(schema, _ -> new OfSchema());
    }

    /** The schema with all that is known about it. */
    Answer schema(Request request, Schema schema) {
        OfSchema ready = of(schema);
        TaggedAnswer answer = ready.schema;
        if (answer == null) {
            // Every change to a version gives it a new revision.
            String tag = schema.summary().id() + "-" + schema.summary().revision();
            answer = TaggedAnswer.revalidated(tag, MediaTypes.JSON, Deprecation.of(schema.summary()));
            ready.schema = answer;
        }
        return answer.to(request, () -> JsonOut.schema(schema));
    }

    /** The content alone, asked for by a key that may lead to another one next time. */
    Answer content(Request request, Schema schema) {
        OfSchema ready = of(schema);
        TaggedAnswer answer = ready.content;
        if (answer == null) {
            answer = TaggedAnswer.revalidated(
                    contentTag(schema), contentMediaType(schema), Deprecation.of(schema.summary()));
            ready.content = answer;
        }
        return answer.to(request, schema.content()::bytes);
    }

    /** The content alone, asked for by a key that leads to the same one as long as it leads anywhere. */
    Answer contentForEver(Request request, Schema schema) {
        OfSchema ready = of(schema);
        TaggedAnswer answer = ready.contentForEver;
        if (answer == null) {
            answer = TaggedAnswer.immutable(
                    contentTag(schema), contentMediaType(schema), Deprecation.of(schema.summary()));
            ready.contentForEver = answer;
        }
        return answer.to(request, schema.content()::bytes);
    }

    private static String contentTag(Schema schema) {
        return schema.summary().fingerprints().raw().toString();
    }

    private static String contentMediaType(Schema schema) {
        return MediaTypes.of(schema.summary().type());
    }
}
