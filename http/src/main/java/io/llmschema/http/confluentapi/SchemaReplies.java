package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answers about one version: ready ones where it is wanted as it is, others where a request wants it in another form or with more beside. */
record SchemaReplies(SchemaRegistry registry, SchemaOut out, ReadyAnswers ready) {
    private static final String FORMAT = "format";
    private static final String TAGS = "findTags";
    private static final String REFERENCES = "referenceFormat";
    private static final String MAX_ID = "fetchMaxId";

    /** Among how many of the newest versions the highest id is looked for. */
    private static final int VERSIONS_FOR_MAX_ID = 100;

    Answer version(Request request, Schema schema) {
        return isPlain(request)
                ? ready.version(request, schema)
                : Replies.read(request, out.byVersion(view(request, schema)));
    }

    Answer id(Request request, Schema schema) {
        return isPlain(request) ? ready.id(request, schema) : Replies.read(request, out.byId(view(request, schema)));
    }

    /** The schema alone, not as a string but as it is. */
    Answer text(Request request, Schema schema) {
        return request.query(FORMAT).isEmpty()
                ? ready.text(request, schema)
                : Replies.read(request, view(request, schema).schemaBytes());
    }

    private static boolean isPlain(Request request) {
        return !request.hasQuery()
                || Stream.of(FORMAT, TAGS, REFERENCES, MAX_ID)
                        .allMatch(name -> request.query(name).isEmpty());
    }

    /** What a request wants to see of a version. */
    SchemaView view(Request request, Schema schema) {
        String text = request.query(FORMAT)
                .map(form -> registry.rendered(schema, form))
                .orElseGet(schema.content()::text);
        boolean isQualified =
                request.query(REFERENCES).filter("qualified"::equalsIgnoreCase).isPresent();
        return new SchemaView(schema, text, isQualified, tags(request, schema), maxId(request, schema));
    }

    private static List<SchemaTags> tags(Request request, Schema schema) {
        List<String> wanted = request.queries(TAGS);
        SchemaSummary summary = schema.summary();
        return wanted.isEmpty()
                ? List.of()
                : SchemaTagsFinder.find(summary.type(), schema.content(), Contract.of(summary.metadata()), wanted);
    }

    /** The highest id of the newest versions, which is that of all unless older contents came under higher ids. */
    private @Nullable Integer maxId(Request request, Schema schema) {
        if (!Parameters.flag(request, MAX_ID)) {
            return null;
        }
        TenantId tenant = request.tenant();
        return Stream.concat(
                        Stream.of(schema.summary()),
                        registry
                                .list(
                                        SchemaFilter.all(tenant).withDeletion(Deletion.ANY),
                                        SchemaOrder.NEWEST_FIRST,
                                        PageRequest.first(VERSIONS_FOR_MAX_ID))
                                .items()
                                .stream())
                .mapToInt(version -> version.globalId().value())
                .max()
                .orElseThrow();
    }
}
