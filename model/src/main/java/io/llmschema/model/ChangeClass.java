package io.llmschema.model;

/** How much a new version differs from an old one, the least first: which part of the version number it raises. */
public enum ChangeClass {
    /** Nothing that can be seen: white space, or the spelling of numbers and strings. */
    NONE,

    /** Only the order of keys. Patch: every validator says the same, but language models write in another order. */
    ORDER,

    /** Only words for people and models. Patch. */
    WORDS,

    /** Readers with the new schema read all that was written with the old one. Minor. */
    ADDITIVE,

    /** They do not, or nobody can tell. Major. */
    BREAKING
}
