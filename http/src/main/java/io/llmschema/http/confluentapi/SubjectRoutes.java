package io.llmschema.http.confluentapi;

import static java.util.stream.Collectors.toMap;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.json.CanonicalJson;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /subjects}: subjects, and what is registered and looked up in them. */
record SubjectRoutes(
        SchemaRegistry registry,
        SubjectNames names,
        VersionFinder finder,
        Registrations registrations,
        Deletions deletions,
        SchemaReplies replies) {
    private static final String SUBJECT = "/subjects/{subject}";

    Stream<Route> routes() {
        return Stream.of(
                        Route.get("/subjects", this::list),
                        Route.post(SUBJECT, this::lookUp),
                        Route.delete(SUBJECT, this::delete),
                        Route.get(SUBJECT + "/metadata", this::findByMetadata),
                        Route.get(SUBJECT + "/versions", this::listVersions),
                        Route.post(SUBJECT + "/versions", this::register))
                .flatMap(Contexts::both);
    }

    private Answer list(Request request) {
        SubjectPrefix prefix = SubjectPrefix.of(request, SubjectPrefix.EVERYWHERE);
        List<String> subjects = Slice.of(request, Slice.MAX_ITEMS)
                .of(prefix.subjects(registry, request.tenant(), Parameters.deletion(request)));
        return Replies.read(request, out -> out.array(subjects, out::item));
    }

    private Answer listVersions(Request request) {
        boolean isSigned = Parameters.flag(request, "deletedAsNegative");
        Deletion asked = Parameters.deletion(request);
        Deletion deletion = isSigned && asked == Deletion.LIVE ? Deletion.ANY : asked;
        Subject subject = finder.present(names.of(request), deletion);
        List<Integer> versions = Slice.of(request, Slice.MAX_ITEMS)
                .of(finder.versions(subject, deletion)
                        .map(version -> isSigned && version.isDeleted() ? -version.ordinal() : version.ordinal()));
        return Replies.read(request, out -> out.array(versions, out::item));
    }

    private Answer lookUp(Request request) {
        Subject subject = names.of(request);
        Deletion deletion = Parameters.flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE;
        Wish wish = Wish.read(request, subject);
        if (!finder.hasVersions(subject, deletion)) {
            throw new SubjectNotFound(subject);
        }
        Schema found = registrations.find(wish, deletion).orElseThrow(SubjectRoutes::notFound);
        return Replies.done(request, replies.out().byVersion(replies.view(request, found)));
    }

    private static ConfluentRefusal notFound() {
        return new ConfluentRefusal(40403, 404, "Schema not found");
    }

    private Answer register(Request request) {
        Registered registered = registrations.register(Wish.read(request, names.of(request)));
        return Replies.done(request, replies.out().registered(registered.schema()));
    }

    private Answer findByMetadata(Request request) {
        Deletion deletion = Parameters.flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE;
        Subject subject = finder.present(names.of(request), deletion);
        SchemaSummary newest =
                withProperties(subject, properties(request), deletion).orElseThrow(SubjectRoutes::notFound);
        return replies.version(request, registry.find(new SchemaKey.ById(newest.id())));
    }

    private Optional<SchemaSummary> withProperties(Subject subject, Map<String, String> properties, Deletion deletion) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        properties.forEach(wanted::put);
        TenantId tenant = subject.tenant();
        SchemaFilter filter = SchemaFilter.all(tenant)
                .withSubject(subject)
                .withAttributes(CanonicalJson.ordered(wanted))
                .withDeletion(deletion);
        return Slice.all(page -> registry.list(filter, SchemaOrder.BY_ORDINAL, page))
                .max(Comparator.comparingInt(SchemaSummary::ordinal));
    }

    /** The keys and values of the query in pairs; what has no other half is passed over. */
    private static Map<String, String> properties(Request request) {
        List<String> keys = request.queries("key");
        List<String> values = request.queries("value");
        return IntStream.range(0, Math.min(keys.size(), values.size()))
                .boxed()
                .collect(toMap(keys::get, values::get, (_, later) -> later));
    }

    private Answer delete(Request request) {
        Subject subject = names.of(request);
        List<SchemaSummary> gone =
                Parameters.flag(request, "permanent") ? deletions.purge(subject) : deletions.delete(subject);
        return Replies.done(request, out -> out.array(gone, version -> out.item(version.ordinal())));
    }
}
