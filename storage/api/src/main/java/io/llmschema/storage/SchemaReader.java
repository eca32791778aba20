package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import java.util.Optional;

/** Questions about schemas. Every answer is of one moment; two answers may be of two. */
public interface SchemaReader {
    /** The schema that the key picks, whole; empty if there is none. */
    Optional<Schema> getSchema(SchemaKey key);

    /** Whether {@link #getSchema} would find one, without reading its content. */
    boolean exists(SchemaKey key);

    /** The versions that pass the filter, in the order asked for. */
    Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page);

    /** The versions that match the query's words and filter. */
    Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page);

    /** How much there is of everything. Counted when asked, so it costs time proportional to the tenant's versions. */
    StorageStatistics statistics(TenantId tenant);
}
