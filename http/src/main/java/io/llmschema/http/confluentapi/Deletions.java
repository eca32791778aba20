package io.llmschema.http.confluentapi;

import io.llmschema.model.RegistryException.NotDeletedYet;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import java.util.List;
import java.util.function.Supplier;

/** What goes, first so that it can still be read by its id, and then for good. With the last version goes what is set for its subject. */
record Deletions(SchemaRegistry registry, VersionFinder finder) {
    private static final int NOT_FOUND = 404;

    /** Soft-deletes a version that is not deleted yet. */
    SchemaSummary delete(Subject subject, VersionSelector selector) {
        Deletion among = selector.equals(VersionSelector.LATEST) ? Deletion.LIVE : Deletion.ANY;
        SchemaSummary version = finder.findThere(subject, selector, among).summary();
        if (version.isDeleted()) {
            throw new ConfluentRefusal(
                    40406,
                    NOT_FOUND,
                    "Subject '%s' Version %d was soft deleted.Set permanent=true to delete permanently"
                            .formatted(subject, version.ordinal()));
        }
        return unlessInUse(version, () -> registry.delete(new SchemaKey.ById(version.id())));
    }

    /** Removes a deleted version for good. */
    SchemaSummary purge(Subject subject, VersionSelector selector) {
        SchemaSummary version =
                finder.findThere(subject, selector, Deletion.ANY).summary();
        SchemaSummary gone = unlessInUse(version, () -> registry.purge(new SchemaKey.ById(version.id())));
        if (!finder.hasVersions(subject, Deletion.ANY)) {
            forgetSettings(subject);
        }
        return gone;
    }

    /** Soft-deletes all versions of a subject that are not deleted yet. */
    List<SchemaSummary> delete(Subject subject) {
        try {
            return registry.deleteSubject(subject);
        } catch (SubjectNotFound e) {
            if (finder.hasVersions(subject, Deletion.DELETED)) {
                throw new ConfluentRefusal(
                        40404,
                        NOT_FOUND,
                        "Subject '%s' was soft deleted.Set permanent=true to delete permanently".formatted(subject));
            }
            throw e;
        } catch (SchemaInUse e) {
            throw inUse(subject, referredTo(subject, e));
        }
    }

    /** Removes a subject for good, all versions of which are deleted. */
    List<SchemaSummary> purge(Subject subject) {
        try {
            List<SchemaSummary> gone = registry.purgeSubject(subject);
            forgetSettings(subject);
            return gone;
        } catch (NotDeletedYet e) {
            throw new ConfluentRefusal(
                    40405,
                    NOT_FOUND,
                    "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
        } catch (SchemaInUse e) {
            throw inUse(subject, referredTo(subject, e));
        }
    }

    private void forgetSettings(Subject subject) {
        if (!registry.settings(subject).equals(SubjectSettings.NONE)) {
            registry.updateSettings(subject, _ -> SubjectSettings.NONE);
        }
    }

    private static SchemaSummary unlessInUse(SchemaSummary version, Supplier<SchemaSummary> work) {
        try {
            return work.get();
        } catch (SchemaInUse e) {
            throw inUse(version.subject(), version.ordinal());
        }
    }

    /** The version of a subject that those refer to which keep it from deletion; 0 if none of them is known. */
    private int referredTo(Subject subject, SchemaInUse inUse) {
        return inUse.users().stream()
                .flatMap(user -> user.references().stream())
                .filter(reference -> reference.subject().equals(subject))
                .findFirst()
                .flatMap(reference -> finder.versions(subject, Deletion.ANY)
                        .filter(version -> version.version().equals(reference.version()))
                        .findFirst())
                .map(SchemaSummary::ordinal)
                .orElse(0);
    }

    private static ConfluentRefusal inUse(Subject subject, int ordinal) {
        return new ConfluentRefusal(
                42206,
                422,
                "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=%s,version=%d}."
                        .formatted(subject, ordinal));
    }
}
