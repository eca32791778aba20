package io.llmschema.http.confluentapi;

import io.llmschema.http.Request;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Subject;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SettingsFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that a name stands for which is none of a subject itself.
 *
 * @param name that of a context, or of all contexts
 */
record Scope(SchemaRegistry registry, Subject name) {
    /** How a path names all subjects of the default context. */
    private static final String DEFAULT_CONTEXT = ":.:";

    /** Names that no subject has. */
    private static final Set<String> RESERVED = Set.of(Subject.GLOBAL, "__EMPTY");

    /** What stands for all subjects of the context that a path is in. */
    static Subject root(Request request) {
        String context = Contexts.of(request);
        return context.equals(Subject.DEFAULT_CONTEXT)
                ? Subject.global(request.tenant())
                : new Subject(request.tenant(), ":" + context + ":");
    }

    /** The subject of a path, or what stands for all subjects of a context there. */
    static Subject named(Request request) {
        if (request.path("subject").equals(DEFAULT_CONTEXT)) {
            return Subject.global(request.tenant());
        }
        Subject subject = SubjectNames.unaliased(request);
        boolean isReserved = RESERVED.contains(subject.nameInContext())
                || (!subject.isScope() && subject.scope().equals(Subject.ofAllContexts(subject.tenant())));
        if (isReserved) {
            throw new ConfluentRefusal(42208, 422, "The specified subject '%s' is not a valid.".formatted(subject));
        }
        return subject;
    }

    /** Whether a name stands for the subjects that are in no other context, whose settings are called global. */
    static boolean isDefaultContext(Subject name) {
        return name.equals(Subject.global(name.tenant()));
    }

    /** The names in it for which a mode is set, be there subjects of these names or not; read as they are needed. */
    Stream<Subject> withModes() {
        SettingsFilter filter = new SettingsFilter(name.tenant(), prefix(), true, null);
        return Slice.all(page -> registry.listSettings(filter, page))
                .map(NamedSettings::subject)
                .filter(this::contains);
    }

    /** Whether there is a version in it, be it soft-deleted. Of the default context, all versions may have to be looked through. */
    boolean hasVersions() {
        SchemaFilter filter = new SchemaFilter(
                name.tenant(), null, prefix(), Set.of(), Set.of(), null, List.of(), null, null, null, Deletion.ANY);
        return isDefaultContext(name)
                ? Slice.all(page -> registry.list(filter, SchemaOrder.BY_ORDINAL, page))
                        .anyMatch(version -> contains(version.subject()))
                : !registry.list(filter, SchemaOrder.BY_ORDINAL, PageRequest.first(1))
                        .items()
                        .isEmpty();
    }

    private boolean isEverything() {
        return name.equals(Subject.ofAllContexts(name.tenant()));
    }

    /** That of the names in it, if they have one that others have not. */
    private @Nullable String prefix() {
        return isEverything() || isDefaultContext(name) ? null : name.name();
    }

    private boolean contains(Subject subject) {
        return isEverything() || subject.scope().equals(name);
    }
}
