package io.llmschema.storage;

/**
 * How many documents failed in a field in a period.
 *
 * @param failures at least 1
 */
public record FieldFailures(FailedField field, long failures) {}
