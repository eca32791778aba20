package io.llmschema.http.confluentapi;

import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.Optional;
import java.util.stream.Stream;

/** The search for versions, deleted ones too where a request says so, and in all contexts where a name names none. */
record VersionFinder(SchemaRegistry registry) {
    /** The version; a refusal if there is none. */
    Schema find(Subject subject, VersionSelector selector, Deletion deletion) {
        try {
            return findThere(subject, selector, deletion);
        } catch (SubjectNotFound e) {
            return findThere(elsewhere(subject, deletion).orElseThrow(() -> e), selector, deletion);
        }
    }

    /** The version, if its subject is where its name says; a refusal if there is none. */
    Schema findThere(Subject subject, VersionSelector selector, Deletion deletion) {
        SchemaKey key = new SchemaKey.ByVersion(subject, selector);
        if (deletion == Deletion.LIVE) {
            return registry.find(key);
        }
        if (!selector.equals(VersionSelector.LATEST)) {
            return registry.findEvenDeleted(key);
        }
        SchemaSummary latest =
                versions(subject, deletion).reduce((_, later) -> later).orElseThrow(() -> new SubjectNotFound(subject));
        return registry.find(new SchemaKey.ById(latest.id()));
    }

    /** The latest version, if there is any. */
    Optional<Schema> latest(Subject subject) {
        try {
            return Optional.of(registry.find(new SchemaKey.ByVersion(subject, VersionSelector.LATEST)));
        } catch (SubjectNotFound | SchemaNotFound e) {
            return Optional.empty();
        }
    }

    /** The subject itself if it has versions of that kind, or else one of that name in another context if it names none. */
    Subject present(Subject subject, Deletion deletion) {
        if (hasVersions(subject, deletion)) {
            return subject;
        }
        return elsewhere(subject, deletion).orElseThrow(() -> new SubjectNotFound(subject));
    }

    /** The versions of a subject, the oldest first. */
    Stream<SchemaSummary> versions(Subject subject, Deletion deletion) {
        SchemaFilter filter =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withDeletion(deletion);
        return Slice.all(page -> registry.list(filter, SchemaOrder.BY_ORDINAL, page));
    }

    boolean hasVersions(Subject subject, Deletion deletion) {
        return versions(subject, deletion).findFirst().isPresent();
    }

    private Optional<Subject> elsewhere(Subject subject, Deletion deletion) {
        if (!subject.context().equals(Subject.DEFAULT_CONTEXT)) {
            return Optional.empty();
        }
        return Contexts.others(registry, subject.tenant(), deletion).stream()
                .map(context -> SubjectNames.in(context, subject.name(), subject.tenant()))
                .filter(other -> hasVersions(other, deletion))
                .findFirst();
    }
}
