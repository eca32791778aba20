package io.llmschema.model;

/** What may be changed in a subject, or in all subjects of a context or tenant. The names are those of Confluent's registry. */
public enum WriteMode {
    /** Everything. */
    READWRITE,
    /** Nothing. */
    READONLY,
    /** Nothing; set for a context or tenant, it also holds where a subject says otherwise. */
    READONLY_OVERRIDE,
    /** Versions come from another registry, with the numbers they have there; no others come. */
    IMPORT,
    /** As {@link #IMPORT}, while changes are forwarded from another registry. */
    FORWARD;

    public boolean isReadOnly() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }

    /** Whether versions come with numbers given elsewhere, and only so. */
    public boolean isImport() {
        return this == IMPORT || this == FORWARD;
    }
}
