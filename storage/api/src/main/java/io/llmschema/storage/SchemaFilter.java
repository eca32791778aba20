package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A choice among the versions of one tenant; a version must pass every part that is given.
 *
 * @param subject the one subject, if given
 * @param subjectPrefix the beginning of the subject's name, if given
 * @param types any of these; empty: any
 * @param stages any of these; empty: any
 * @param owner of the version, exactly
 * @param tags all of these
 * @param attributes a JSON object that the version's attributes contain, in the sense of PostgreSQL's {@code jsonb @>}
 * @param fingerprint equal to any of the three hashes
 * @param globalId of the content
 */
public record SchemaFilter(
        TenantId tenant,
        @Nullable Subject subject,
        @Nullable String subjectPrefix,
        Set<SchemaType> types,
        Set<Stage> stages,
        @Nullable String owner,
        List<String> tags,
        @Nullable String attributes,
        @Nullable Fingerprint fingerprint,
        @Nullable GlobalId globalId,
        Deletion deletion) {
    public SchemaFilter {
        types = Set.copyOf(types);
        stages = Set.copyOf(stages);
        tags = List.copyOf(tags);
    }

    /** Every live version of the tenant. */
    public static SchemaFilter all(TenantId tenant) {
        return new SchemaFilter(
                tenant, null, null, Set.of(), Set.of(), null, List.of(), null, null, null, Deletion.LIVE);
    }

    public SchemaFilter withSubject(Subject only) {
        return new SchemaFilter(
                tenant, only, subjectPrefix, types, stages, owner, tags, attributes, fingerprint, globalId, deletion);
    }

    public SchemaFilter withFingerprint(Fingerprint only) {
        return new SchemaFilter(
                tenant, subject, subjectPrefix, types, stages, owner, tags, attributes, only, globalId, deletion);
    }

    public SchemaFilter withAttributes(String only) {
        return new SchemaFilter(
                tenant, subject, subjectPrefix, types, stages, owner, tags, only, fingerprint, globalId, deletion);
    }

    public SchemaFilter withGlobalId(GlobalId only) {
        return new SchemaFilter(
                tenant, subject, subjectPrefix, types, stages, owner, tags, attributes, fingerprint, only, deletion);
    }

    public SchemaFilter withStages(Set<Stage> only) {
        return new SchemaFilter(
                tenant, subject, subjectPrefix, types, only, owner, tags, attributes, fingerprint, globalId, deletion);
    }

    public SchemaFilter withDeletion(Deletion only) {
        return new SchemaFilter(
                tenant, subject, subjectPrefix, types, stages, owner, tags, attributes, fingerprint, globalId, only);
    }
}
