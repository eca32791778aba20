package io.llmschema.format;

import io.llmschema.model.SchemaOutline;
import java.util.Optional;

/** A schema that was read and found valid. Immutable. */
public interface ParsedSchema {
    /**
     * The text with everything left out or made uniform that has no meaning in the language (white space, comments where they are
     * no documentation, the spelling of numbers and strings), in the author's order.
     *
     * <p>It is itself a schema of the language, and its own canonical form. Documentation stays: language models read it.
     */
    String canonicalForm();

    /** The canonical form with everything sorted whose order has no meaning to a validator. */
    String unorderedForm();

    /**
     * A schema to register in place of this one, so that whoever writes the same in another order registers the same: the unordered form, unless data
     * tell types apart by an order that no validator sees.
     *
     * <p>It is itself a schema of the language, and its own normalized form.
     */
    default String normalizedForm() {
        return unorderedForm();
    }

    /**
     * The canonical form with nothing in the places of words to people. Of two schemas with the same one that refer to the same, each reads all that
     * the other writes, by every policy and in every encoding, and {@link SchemaFormat#changes} lists nothing but words, less than {@link
     * io.llmschema.model.SchemaChange#MAX_LISTED} of them.
     *
     * <p>So those that differ so little, as most versions do, need not be read again to be compared. Empty where a format does not promise that.
     */
    default Optional<String> wordlessForm() {
        return Optional.empty();
    }

    /** What people search for in it. */
    SchemaOutline outline();
}
