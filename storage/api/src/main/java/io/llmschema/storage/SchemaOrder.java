package io.llmschema.storage;

/** The order of a list of versions. */
public enum SchemaOrder {
    /** By subject name, then in the order of registration. */
    BY_ORDINAL,
    /** By subject name, then the highest version first. */
    BY_VERSION,
    /** The newest first, whatever the subject. */
    NEWEST_FIRST
}
