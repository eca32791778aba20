package io.llmschema.model;

/** What a comparison of two schemas came to. */
public enum Verdict {
    /** Everything that a writer writes can be read: it rests on a rule. */
    COMPATIBLE,

    /** Something that a writer may write cannot be read: there is a witness. */
    INCOMPATIBLE,

    /** Neither was found within the bounds of the search. */
    UNKNOWN
}
