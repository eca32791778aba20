package io.llmschema.storage.tiered;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRate;
import io.llmschema.storage.ValidationRecord;
import java.util.Collection;

/** A validation log that is asked nothing, and cannot take certain documents at all; see {@link BrokenLog}. */
final class BrokenValidationLog extends BrokenLog<ValidationRecord> implements ValidationLog {
    /** Of documents with so many errors no batch is taken. */
    static final int POISON = 13;

    @Override
    public void record(Collection<ValidationRecord> batch) {
        if (batch.stream().anyMatch(record -> record.errorCount() == POISON)) {
            throw new IllegalStateException("it does not take that");
        }
        super.record(batch);
    }

    @Override
    public Page<PastValidation> history(ValidationFilter filter, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<ValidationRate> rates(RatesQuery query, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FailedFields failedFields(FailedFieldsQuery query, PageRequest page) {
        throw new UnsupportedOperationException();
    }
}
