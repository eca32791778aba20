package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Questions about schemas. Every answer is of one moment; two answers may be of two. */
public interface SchemaReader {
    /** The schema that the key picks, whole; empty if there is none. */
    Optional<Schema> getSchema(SchemaKey key);

    /** What is known of a version, deleted or not, without a look at its content; empty if there is none. */
    Optional<SchemaSummary> getSummary(SchemaId id);

    /** Whether {@link #getSchema} would find one, without reading its content. */
    boolean exists(SchemaKey key);

    /**
     * An address from which the content that the key leads to can be fetched for that long by whoever knows it, exactly as it was registered
     * and without asking this store again; empty if there is no such schema, or it has no such address.
     */
    default Optional<URI> downloadUrl(SchemaKey key, Duration validFor) {
        return Optional.empty();
    }

    /** The versions that pass the filter, in the order asked for. */
    Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page);

    /** The versions that match the query's words and filter. */
    Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page);

    /** How much there is of everything. Counted when asked, so it costs time proportional to the tenant's versions. */
    StorageStatistics statistics(TenantId tenant);
}
