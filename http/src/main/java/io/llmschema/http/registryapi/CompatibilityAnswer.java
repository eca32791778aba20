package io.llmschema.http.registryapi;

import io.llmschema.registry.CompatibilityReport;

/** What is said to an item of a batch of questions about compatibility. */
sealed interface CompatibilityAnswer {
    record Judged(CompatibilityReport report) implements CompatibilityAnswer {}

    record Refused(Problem problem) implements CompatibilityAnswer {}
}
