package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which validations are meant.
 *
 * @param dataHash only those of this document, if given
 */
public record ValidationFilter(
        ValidationScope scope,
        Period period,
        Outcome outcome,
        @Nullable Fingerprint dataHash) {
    /** What validations came to. */
    public enum Outcome {
        VALID,
        INVALID,
        ANY
    }

    public static ValidationFilter all(ValidationScope scope, Period period) {
        return new ValidationFilter(scope, period, Outcome.ANY, null);
    }

    public ValidationFilter withOutcome(Outcome only) {
        return new ValidationFilter(scope, period, only, dataHash);
    }

    public ValidationFilter withDataHash(Fingerprint only) {
        return new ValidationFilter(scope, period, outcome, only);
    }
}
