package io.llmschema.storage;

import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import java.util.Map;

/**
 * How much a tenant keeps.
 *
 * @param subjects live ones
 * @param versions live ones
 * @param deletedVersions soft-deleted ones
 * @param versionsByType of the live versions; types without any are left out
 * @param versionsByStage of the live versions; stages without any are left out
 * @param contents distinct contents, of live and deleted versions
 * @param contentBytes the sum of their sizes as registered
 * @param storedBytes what the whole store takes on disk, all tenants and indexes included; 0 where there is no disk
 */
public record StorageStatistics(
        long subjects,
        long versions,
        long deletedVersions,
        Map<SchemaType, Long> versionsByType,
        Map<Stage, Long> versionsByStage,
        long contents,
        long contentBytes,
        long storedBytes) {
    public StorageStatistics {
        versionsByType = Map.copyOf(versionsByType);
        versionsByStage = Map.copyOf(versionsByStage);
    }
}
