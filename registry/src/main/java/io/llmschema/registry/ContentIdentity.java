package io.llmschema.registry;

/**
 * What of a registration tells its content apart from others.
 *
 * @param isByMeaning whether a live version of the subject that differs from it in nothing but what canonical forms leave out, white space above all, is
 *     found rather than a new one made
 * @param hasAttributes whether the attributes of its metadata are part of it: the same bytes with other attributes are another content then, with a
 *     number of its own
 * @param guidSuffix what is hashed into the content's guid behind its text and references
 */
public record ContentIdentity(boolean isByMeaning, boolean hasAttributes, String guidSuffix) {
    /** Its bytes and its references. */
    public static final ContentIdentity BYTES = new ContentIdentity(false, false, "");
}
