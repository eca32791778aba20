package io.llmschema.storage.tiered;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.Period;
import io.llmschema.storage.PopularSchema;
import io.llmschema.storage.ReadsInStep;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.SchemaAccess;
import java.util.List;

/** An access log that is asked nothing; see {@link BrokenLog}. */
final class BrokenAccessLog extends BrokenLog<AccessCount> implements AccessLog {
    @Override
    public List<PopularSchema> popular(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<SchemaAccess> mostRead(TenantId tenant, Period period, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<SchemaAccess> slowest(TenantId tenant, Period period, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<SchemaSummary> neverRead(TenantId tenant, Period period, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ReadsInStep> readsOverTime(ReadsQuery query) {
        throw new UnsupportedOperationException();
    }
}
