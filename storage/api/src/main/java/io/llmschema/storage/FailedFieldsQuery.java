package io.llmschema.storage;

import io.llmschema.storage.ReadsQuery.Step;

/**
 * The question where documents fail.
 *
 * @param period of whole hours
 */
public record FailedFieldsQuery(ValidationScope scope, Period period) {
    public FailedFieldsQuery {
        Step.HOUR.requireWhole(period);
    }
}
