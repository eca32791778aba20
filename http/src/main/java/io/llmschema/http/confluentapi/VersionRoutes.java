package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import java.util.List;
import java.util.stream.Stream;

/** {@code /subjects/{subject}/versions/{version}}: single versions. */
record VersionRoutes(
        SchemaRegistry registry, SubjectNames names, VersionFinder finder, Deletions deletions, SchemaReplies replies) {
    private static final String VERSION = "/subjects/{subject}/versions/{version}";

    Stream<Route> routes() {
        return Stream.of(
                        Route.get(VERSION, request -> replies.version(request, find(request))),
                        Route.get(VERSION + "/schema", request -> replies.text(request, find(request))),
                        Route.get(VERSION + "/referencedby", this::listDependents),
                        Route.delete(VERSION, this::delete))
                .flatMap(Contexts::both);
    }

    private Schema find(Request request) {
        // What is wrong with the version is told before anybody asks for the subject.
        VersionSelector version = Parameters.version(request);
        return finder.find(names.of(request), version, deletion(request));
    }

    private static Deletion deletion(Request request) {
        return Parameters.flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE;
    }

    /** The ids of the schemas that refer to a version directly; of those that are deleted too if they are asked for. */
    private Answer listDependents(Request request) {
        Schema schema = find(request);
        SchemaKey key = new SchemaKey.ById(schema.summary().id());
        List<Integer> ids = Slice.of(request, Slice.MAX_ITEMS)
                .of(Slice.all(page -> registry.dependents(key, deletion(request), page))
                        .limit(Slice.MAX_ITEMS)
                        .map(dependency -> dependency.schema().globalId().value())
                        .distinct()
                        .sorted());
        return Replies.read(request, out -> out.array(ids, out::item));
    }

    private Answer delete(Request request) {
        VersionSelector version = Parameters.version(request);
        Subject subject = names.of(request);
        SchemaSummary gone = Parameters.flag(request, "permanent")
                ? deletions.purge(subject, version)
                : deletions.delete(subject, version);
        return Replies.done(request, out -> out.item(gone.ordinal()));
    }
}
