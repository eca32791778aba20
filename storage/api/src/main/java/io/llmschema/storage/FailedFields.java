package io.llmschema.storage;

import io.llmschema.model.Page;

/**
 * The fields in which documents failed in a period, beside how many documents there were.
 *
 * @param validations of all documents, whether they failed or not
 * @param failures how many documents failed, wherever
 * @param fields those with the most failures first
 */
public record FailedFields(long validations, long failures, Page<FieldFailures> fields) {
    /** The part of all documents that failed in a field, 0 to 1. */
    public double rateOf(FieldFailures field) {
        return validations == 0 ? 0 : (double) field.failures() / validations;
    }
}
