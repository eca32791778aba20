package io.llmschema.model;

/** What becomes of a document that does not conform to the schema it is validated against. All are remembered. */
public enum ValidationMode {
    /** It is refused. */
    STRICT,

    /** It is accepted with a warning and the list of errors. */
    WARN,

    /** It is accepted without a word. */
    MONITOR
}
