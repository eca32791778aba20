package io.llmschema.testkit;

import io.llmschema.model.SchemaType;
import io.llmschema.model.TenantId;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import java.util.List;
import java.util.Set;

/** Filters with one condition, for those that {@link SchemaFilter} has no shorter way to write. */
final class SchemaFilters {
    private SchemaFilters() {}

    static SchemaFilter prefix(TenantId tenant, String prefix) {
        return new SchemaFilter(
                tenant, null, prefix, Set.of(), Set.of(), null, List.of(), null, null, null, Deletion.LIVE);
    }

    static SchemaFilter types(TenantId tenant, SchemaType... types) {
        return new SchemaFilter(
                tenant, null, null, Set.of(types), Set.of(), null, List.of(), null, null, null, Deletion.LIVE);
    }

    static SchemaFilter owner(TenantId tenant, String owner) {
        return new SchemaFilter(
                tenant, null, null, Set.of(), Set.of(), owner, List.of(), null, null, null, Deletion.LIVE);
    }

    static SchemaFilter tags(TenantId tenant, String... tags) {
        return new SchemaFilter(
                tenant, null, null, Set.of(), Set.of(), null, List.of(tags), null, null, null, Deletion.LIVE);
    }

    static SchemaFilter attributes(TenantId tenant, String json) {
        return new SchemaFilter(
                tenant, null, null, Set.of(), Set.of(), null, List.of(), json, null, null, Deletion.LIVE);
    }
}
