package io.llmschema.storage;

import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.TenantId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A choice among the subjects of one tenant; a subject must pass every part that is given.
 *
 * @param prefix the beginning of its name, if given
 * @param stages any of these; empty: any
 * @param owner of the subject, exactly
 * @param tags all of these
 */
public record SubjectFilter(
        TenantId tenant,
        @Nullable String prefix,
        Set<Stage> stages,
        @Nullable String owner,
        List<String> tags,
        Deletion deletion) {
    public SubjectFilter {
        stages = Set.copyOf(stages);
        tags = List.copyOf(tags);
    }

    /** Every live subject of the tenant. */
    public static SubjectFilter all(TenantId tenant) {
        return new SubjectFilter(tenant, null, Set.of(), null, List.of(), Deletion.LIVE);
    }
}
