package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.model.Page;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader.Direction;
import java.net.URI;
import java.util.Optional;

/** The answers about one schema, by whatever key it is asked for. */
record SchemaAnswers(SchemaRegistry registry, ReadyAnswers ready) {
    private static final int TEMPORARY_REDIRECT = 307;
    private static final byte[] NO_BYTES = {};

    Answer schema(Request request, SchemaKey key) {
        return ready.schema(request, registry.find(key));
    }

    /** @param isForEver whether the key leads to the same content as long as it leads anywhere */
    Answer content(Request request, SchemaKey key, boolean isForEver) {
        if (request.flag("redirect")) {
            Optional<URI> url = registry.downloadUrl(key);
            if (url.isPresent()) {
                return Answer.of(TEMPORARY_REDIRECT, MediaTypes.JSON, NO_BYTES)
                        .with("Location", url.get().toString())
                        .with("Cache-Control", "no-store");
            }
        }
        Schema schema = registry.find(key);
        return isForEver ? ready.contentForEver(request, schema) : ready.content(request, schema);
    }

    Answer dependencies(Request request, SchemaKey key, Direction direction) {
        Page<Dependency> page = registry.dependencies(key, direction, request.flag("transitive"), request.page());
        return Answers.hashed(request, MediaTypes.JSON, JsonOut.dependencies(page, request.nextCursor(page)));
    }
}
