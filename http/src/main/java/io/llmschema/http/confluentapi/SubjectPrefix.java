package io.llmschema.http.confluentapi;

import io.llmschema.http.Request;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SubjectFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subjects of a context, or of all, whose names begin in one way.
 *
 * @param stored what the whole names begin with; absent: with anything
 * @param isEverywhere whether those of all contexts are meant
 * @param inContext what the names inside the context begin with, where all are meant
 */
record SubjectPrefix(@Nullable String stored, boolean isEverywhere, String inContext) {
    /** Before a prefix: in every context. */
    static final String EVERYWHERE = ":*:";

    /** That of a request. */
    static SubjectPrefix of(Request request, String absent) {
        String given = request.query("subjectPrefix").orElse("");
        String context = Contexts.of(request);
        boolean isElsewhere = given.isEmpty() && context.equals(Subject.DEFAULT_CONTEXT);
        return of(isElsewhere ? absent : SubjectNames.prefixIn(context, given));
    }

    private static SubjectPrefix of(String prefix) {
        if (prefix.startsWith(EVERYWHERE)) {
            return new SubjectPrefix(null, true, prefix.substring(EVERYWHERE.length()));
        }
        return new SubjectPrefix(prefix.isEmpty() ? null : prefix, false, "");
    }

    /** The names of those subjects, in their order. */
    Stream<String> subjects(SchemaRegistry registry, TenantId tenant, Deletion deletion) {
        SubjectFilter filter = new SubjectFilter(tenant, stored, Set.of(), null, List.of(), deletion);
        return Slice.all(page -> registry.listSubjects(filter, page))
                .filter(found -> !found.isDeleted() || isLeft(found.subject(), registry))
                .map(SubjectSummary::subject)
                .filter(this::includes)
                .map(Subject::name);
    }

    /** Of a subject that was removed for good only its numbers are kept. */
    private static boolean isLeft(Subject subject, SchemaRegistry registry) {
        SchemaFilter any =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withDeletion(Deletion.ANY);
        return !registry.list(any, SchemaOrder.BY_ORDINAL, PageRequest.first(1))
                .items()
                .isEmpty();
    }

    /** Whether a subject is one of them whose whole name begins rightly. */
    boolean includes(Subject subject) {
        if (isEverywhere) {
            return subject.nameInContext().startsWith(inContext);
        }
        // What names no context means the default one, where no name begins with a colon and a dot.
        boolean isOfDefault = stored == null || !stored.startsWith(":.");
        return !isOfDefault || subject.context().equals(Subject.DEFAULT_CONTEXT);
    }
}
