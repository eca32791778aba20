package io.llmschema.model;

/** What counts as a break where schemas leave objects open. */
public enum CompatibilityPolicy {
    /** Every instance of the one must be an instance of the other. */
    STRICT,

    /**
     * An object that takes properties by any name may gain one that is optional, though instances may be there that have it with
     * another meaning: whoever wrote them was not asked to.
     */
    LENIENT
}
