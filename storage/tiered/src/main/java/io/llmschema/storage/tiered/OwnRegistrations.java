package io.llmschema.storage.tiered;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Registered;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The registrations that this node is about to make: what comes of one is kept as if it had been read, because it is what is asked for next, by those who
 * use it and by the next registration.
 */
final class OwnRegistrations {
    private final Set<SchemaId> underWay = ConcurrentHashMap.newKeySet();

    /**
     * Registers, and keeps the version that was made: by its id, and as the latest of its subject if it is that, and if anyone has asked for one by the
     * subject of late.
     *
     * @param cache the first one that is asked
     */
    Registration keeping(NewSchema candidate, CaffeineSchemaCache cache, Supplier<Seen<Registered>> registering) {
        SchemaKey id = new SchemaKey.ById(candidate.id());
        SchemaKey latest = new SchemaKey.ByVersion(candidate.subject(), VersionSelector.LATEST);
        // A copy that nobody has asked for would have this node read whatever other nodes register.
        boolean isAsked = cache.serves(candidate.subject());
        // Taken before, so that they know of whatever others do to the subject once this is committed.
        var placeOfId = cache.place(id);
        var placeOfLatest = isAsked ? cache.place(latest) : null;
        underWay.add(candidate.id());
        try {
            Seen<Registered> seen = registering.get();
            Registered registered = seen.found().orElseThrow();
            if (registered.registration().isNew()) {
                Schema schema = new Schema(registered.registration().schema(), candidate.content());
                Seen<Schema> made = new Seen<>(schema, seen.revision(), seen.shown(), seen.complete());
                cache.offer(placeOfId, made);
                if (registered.isLatest() && placeOfLatest != null) {
                    cache.offer(placeOfLatest, made);
                }
            }
            return registered.registration();
        } finally {
            underWay.remove(candidate.id());
        }
    }

    /** Whether a change is one of these, so that its version need not be read to be kept. */
    boolean isOf(SubjectChange change) {
        return change.versions().size() == 1
                && underWay.contains(change.versions().getFirst().id());
    }
}
