package io.llmschema.format;

import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A schema language: how its texts are read and checked.
 *
 * <p>Implementations are immutable and safe for any number of threads. They never touch a network or a file: what a schema refers
 * to is given, bundled with the format, or missing.
 */
public interface SchemaFormat {
    /** The deepest nesting of brackets, messages or types that is read. */
    int MAX_DEPTH = 256;

    /** The most violations that one parse reports; further ones are left out. */
    int MAX_VIOLATIONS = 20;

    SchemaType type();

    /**
     * Reads a schema and checks it against the rules of its language.
     *
     * <p>Any bytes at all may be given: what is not UTF-8, not of the language, nested deeper than {@link #MAX_DEPTH}, or refers to
     * what is neither given nor bundled is {@link ParseOutcome.Rejected}, never an exception. Time and memory are proportional to
     * the size of the content and its references.
     *
     * @param references everything the schema refers to, directly or through others, each after what it refers to itself. Each
     *     was accepted by this format before. No two have the same name.
     */
    ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references);

    /** The encodings of data that {@link #judge} speaks of. Documents may be validated in others too. */
    Set<DataEncoding> encodings();

    /**
     * Whether a reader with one schema can read everything that a writer with the other writes.
     *
     * <p>Every incompatibility has a witness that both sides' validators have confirmed; what is not listed is compatible by a rule of the
     * language. Time and memory are bounded whatever the schemas are: what cannot be decided within the bounds is
     * {@link Judgement#undecided}, never a guess.
     *
     * @param reader a schema that {@link #parse} accepted
     * @param writer another one
     */
    Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy);

    /**
     * What is different between two schemas, in the order of the places; at most {@link SchemaChange#MAX_LISTED}. None if they differ in nothing but
     * what their canonical forms leave out.
     *
     * <p>References to other schemas are compared as they are written, and what they lead to not at all. Time and memory are proportional to the size
     * of both.
     *
     * @param before a schema that {@link #parse} accepted
     * @param after another one
     */
    List<SchemaChange> changes(SchemaSource before, SchemaSource after);

    /**
     * What {@link #judge} says of a schema as the reader of what was written with the one before, and, if it says that they are compatible, what {@link
     * #changes} lists. A format that can answers both from one reading.
     */
    default SchemaStep step(SchemaSource before, SchemaSource after, CompatibilityPolicy policy) {
        Judgement backward = judge(after, before, policy);
        return new SchemaStep(backward, backward.verdict() == Verdict.COMPATIBLE ? changes(before, after) : List.of());
    }

    /**
     * Makes a schema ready to check documents, which may take a while.
     *
     * @param schema one that {@link #parse} accepted
     * @throws io.llmschema.model.RegistryException.TooMuchToValidate it is too large, or too hard to read, to be made ready within the bounds
     */
    DocumentValidator validator(SchemaSource schema);

    /**
     * A schema in another form of its language. Empty if the language does not know the form, or has no way to write this schema in it.
     *
     * <p>Time and memory are proportional to the size of the schema and its references.
     *
     * @param schema one that {@link #parse} accepted
     * @param form a name such as {@code resolved}; each format says which ones it knows
     */
    Optional<String> rendered(SchemaSource schema, String form);

    /** Whether a look at its letters shows that a content is no text of the language, but may be another form that {@link #textOf} knows. */
    default boolean isLikelyNoText(SchemaContent content) {
        return false;
    }

    /**
     * The text of a schema that is given in another form of its language. Empty if it is none of the forms that the language knows, be it that it is a
     * text already. Whether the text is a schema, {@link #parse} says.
     *
     * <p>Any bytes at all may be given. Time and memory are bounded as for {@link #parse}.
     */
    default Optional<String> textOf(SchemaSource given) {
        return Optional.empty();
    }
}
