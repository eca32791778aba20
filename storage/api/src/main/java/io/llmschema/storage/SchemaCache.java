package io.llmschema.storage;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Copies of schemas, nearer than the store they are of.
 *
 * <p>The one promise: when {@link #apply} has returned, no later call answers with a state that is older than the changes it was
 * told of, whoever loaded that state and whenever. It may forget anything at any time. Trouble of its own is a slower answer, never
 * an exception: only what the loader throws is thrown.
 *
 * <p>Safe for any number of threads. {@code toString} names it, and what lies behind it, in a few words.
 */
public interface SchemaCache extends AutoCloseable {
    /**
     * What is kept for the key; if there is nothing, or it is not admissible, what the loader answers, which is then kept.
     *
     * @param isAdmissible what the caller can use; asked of copies only, not of what the loader answers
     */
    Seen<Schema> get(
            SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader);

    /**
     * The same for several keys, in as few steps as can be.
     *
     * @param loader is given the keys for which nothing is kept, and leaves none of them out
     */
    Map<SchemaKey, Seen<Schema>> getAll(
            Collection<? extends SchemaKey> keys,
            Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader);

    /** What is kept for the key at hand, without asking anyone else, and is not known to be outdated. */
    Optional<Seen<Schema>> peek(SchemaKey key);

    /**
     * Takes note of changes that the store has made: of what they may have touched, only states at least as new are answered from
     * now on.
     */
    void apply(List<SubjectChange> changes);

    /** Forgets everything. */
    void clear();

    @Override
    void close();
}
