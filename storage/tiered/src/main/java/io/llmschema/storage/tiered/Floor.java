package io.llmschema.storage.tiered;

import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Seen;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How new a copy must be of what one subject, version or content leads to: nothing below it is handed out.
 *
 * <p>Every copy holds on to the floor it was made under and is compared with it each time it is read, so that a change outdates all
 * copies it may have touched by raising one number, however many there are and whoever is about to add another. A floor only rises.
 */
final class Floor {
    /** What a floor is of: that from which it is known, before anything is loaded, which changes touch the answer to a question. */
    sealed interface Owner {
        /** Whatever is asked about a subject. */
        record OfSubject(Subject subject) implements Owner {}

        /** What a version's id leads to. */
        record OfVersion(SchemaId id) implements Owner {}

        /** What a content's global id leads to. */
        record OfContent(GlobalId id) implements Owner {}

        /** Anything at all of a tenant. */
        record OfTenant(TenantId tenant) implements Owner {}
    }

    private static final VarHandle CHANGED;
    private static final VarHandle ALTERED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CHANGED = lookup.findVarHandle(Floor.class, "changed", long.class);
            ALTERED = lookup.findVarHandle(Floor.class, "altered", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long changed;
    private volatile long altered;

    /** Takes note of a change; of older ones than are known already, nothing is taken. */
    void raise(long revision, boolean isAlteration) {
        raise(CHANGED, revision);
        if (isAlteration) {
            raise(ALTERED, revision);
        }
    }

    private void raise(VarHandle floor, long revision) {
        long known = (long) floor.getVolatile(this);
        while (known < revision) {
            long witness = (long) floor.compareAndExchange(this, known, revision);
            if (witness == known) {
                return;
            }
            known = witness;
        }
    }

    /** Takes note of a change of something that has no revision: the floor itself counts. */
    void count() {
        CHANGED.getAndAdd(this, 1L);
    }

    long changed() {
        return changed;
    }

    /** Whether nothing is known that could have changed an answer since. */
    boolean admits(SchemaKey key, Seen<?> seen) {
        return seen.revision() >= (isNamed(key, seen) ? altered : changed);
    }

    boolean admits(Seen<?> seen) {
        return seen.revision() >= changed;
    }

    /** Whether it is a version asked for by its own number: additions to its subject leave it alone. */
    private static boolean isNamed(SchemaKey key, Seen<?> seen) {
        return key instanceof SchemaKey.ByVersion(Subject _, VersionSelector selector)
                && (selector instanceof VersionSelector.Exact || selector instanceof VersionSelector.Numbered)
                && seen.found().isPresent();
    }
}
