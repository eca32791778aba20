package io.llmschema.model;

import java.util.Set;

/**
 * What is asked of a schema that is to follow others.
 *
 * @param aspects the encodings in which it has to be compatible; empty: all that its language has
 */
public record CompatibilityCriteria(CompatibilityLevel level, CompatibilityPolicy policy, Set<DataEncoding> aspects) {
    public CompatibilityCriteria {
        aspects = Set.copyOf(aspects);
    }
}
