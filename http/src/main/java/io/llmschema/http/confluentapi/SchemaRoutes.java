package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.GlobalId;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code /schemas/ids}, {@code /schemas/guids} and {@code /schemas/types}: schemas whatever their subject. */
record SchemaRoutes(SchemaRegistry registry, SchemaReplies replies) {
    private static final String ID = "/schemas/ids/{id}";
    private static final String GUID = "/schemas/guids/{guid}";
    private static final int UUID_LENGTH = 36;

    /** A content in a context, where it has its id. */
    private record Place(String context, int id) {}

    Stream<Route> routes() {
        return Stream.of(
                        Route.get(ID, request -> replies.id(request, find(request))),
                        Route.get(ID + "/schema", request -> replies.text(request, find(request))),
                        Route.get(ID + "/subjects", this::listSubjects),
                        Route.get(ID + "/versions", this::listVersions),
                        Route.get(GUID, request -> replies.id(request, registry.find(guid(request)))),
                        Route.get(GUID + "/ids", this::listIds),
                        Route.get("/schemas/types", SchemaRoutes::listTypes))
                .flatMap(Contexts::both);
    }

    private static SchemaKey.ByGlobalId id(Request request) {
        return new SchemaKey.ByGlobalId(new GlobalId(request.tenant(), Parameters.number(request.path("id"))));
    }

    private static SchemaKey guid(Request request) {
        String guid = request.path("guid");
        try {
            // UUID.fromString also takes shortened groups, which would give one schema several addresses.
            if (guid.length() == UUID_LENGTH) {
                return new SchemaKey.ByGuid(request.tenant(), UUID.fromString(guid));
            }
        } catch (IllegalArgumentException e) {
            throw notFound(guid);
        }
        throw notFound(guid);
    }

    private static ConfluentRefusal notFound(String id) {
        return new ConfluentRefusal(40403, 404, "Schema %s not found".formatted(id));
    }

    /** The schema with an id, as a version of the context that the path or a subject names, if one does. */
    private Schema find(Request request) {
        SchemaKey.ByGlobalId key = id(request);
        Schema found = registry.find(key);
        String context = context(request);
        boolean isThere = context.equals(Subject.DEFAULT_CONTEXT)
                || found.summary().subject().context().equals(context);
        return isThere
                ? found
                : versions(key.id(), context, Deletion.ANY)
                        .findFirst()
                        .map(version -> registry.find(new SchemaKey.ById(version.id())))
                        .orElseThrow(() -> new SchemaNotFound(key));
    }

    /** The default one: none is named, and the schema may be in any. */
    private static String context(Request request) {
        String ofPath = Contexts.of(request);
        return request.query("subject")
                .map(name -> SubjectNames.in(ofPath, name, request.tenant()).context())
                .orElse(ofPath);
    }

    private Stream<SchemaSummary> versions(GlobalId id, String context, Deletion deletion) {
        SchemaFilter filter = SchemaFilter.all(id.tenant()).withGlobalId(id).withDeletion(deletion);
        return Slice.all(page -> registry.list(filter, SchemaOrder.BY_ORDINAL, page))
                .filter(version -> context.equals(Subject.DEFAULT_CONTEXT)
                        || version.subject().context().equals(context));
    }

    private Stream<SchemaSummary> versions(Request request) {
        SchemaKey.ByGlobalId key = id(request);
        String context = context(request);
        if (versions(key.id(), context, Deletion.ANY).findFirst().isEmpty()) {
            throw new ConfluentRefusal(40403, 404, "Schema not found");
        }
        Deletion deletion = Parameters.flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE;
        return versions(key.id(), context, deletion);
    }

    private Answer listSubjects(Request request) {
        List<String> subjects = Slice.of(request, Slice.MAX_ITEMS)
                .of(versions(request).map(version -> version.subject().name()).distinct());
        return Replies.read(request, out -> out.array(subjects, out::item));
    }

    private Answer listVersions(Request request) {
        List<SchemaSummary> versions = Slice.of(request, Slice.MAX_ITEMS).of(versions(request));
        return Replies.read(
                request,
                out -> out.array(
                        versions,
                        version -> out.object(() -> {
                            out.text("subject", version.subject().name());
                            out.number("version", version.ordinal());
                        })));
    }

    private Answer listIds(Request request) {
        GlobalId id = registry.find(guid(request)).summary().globalId();
        List<Place> places = versions(id, Subject.DEFAULT_CONTEXT, Deletion.ANY)
                .map(version -> new Place(version.subject().context(), id.value()))
                .distinct()
                .limit(Slice.MAX_ITEMS)
                .toList();
        return Replies.read(
                request,
                out -> out.array(
                        places,
                        place -> out.object(() -> {
                            out.text("context", place.context());
                            out.number("id", place.id());
                        })));
    }

    private static Answer listTypes(Request request) {
        return Replies.read(request, out -> out.array(List.of("JSON", "PROTOBUF", "AVRO"), out::item));
    }
}
