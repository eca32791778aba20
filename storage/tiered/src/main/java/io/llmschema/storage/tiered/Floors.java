package io.llmschema.storage.tiered;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectChange.Kind;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The floors that anyone holds on to: those of the copies that are kept, and of the answers that are being loaded.
 *
 * <p>They are held weakly, so that there are never more than are needed; and because whoever loads takes the floor first, none can be
 * forgotten between a load and the change that overtakes it.
 */
final class Floors {
    private final ConcurrentMap<Owner, Floor> floors;

    Floors() {
        this(Caffeine.newBuilder().weakValues().<Owner, Floor>build().asMap());
    }

    /** @param floors where they are kept; it may forget those that nobody holds on to */
    Floors(ConcurrentMap<Owner, Floor> floors) {
        this.floors = floors;
    }

    Floor of(Owner owner) {
        return floors.computeIfAbsent(owner, _ -> new Floor());
    }

    boolean holds(Owner owner) {
        return floors.containsKey(owner);
    }

    void raise(List<SubjectChange> changes) {
        for (SubjectChange change : changes) {
            raise(new Owner.OfSubject(change.subject()), change.revision(), change.kind() == Kind.ALTERATION);
            for (SubjectChange.Version version : change.versions()) {
                raise(new Owner.OfVersion(version.id()), version.revision(), true);
                if (version.content() != null) {
                    raise(new Owner.OfContent(version.content()), version.revision(), true);
                }
            }
        }
    }

    void count(Owner owner) {
        @Nullable Floor floor = floors.get(owner);
        if (floor != null) {
            floor.count();
        }
    }

    private void raise(Owner owner, long revision, boolean isAlteration) {
        @Nullable Floor floor = floors.get(owner);
        if (floor != null) {
            floor.raise(revision, isAlteration);
        }
    }
}
