package io.llmschema.storage;

import static java.util.Comparator.comparingInt;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException.GlobalIdDiffers;
import io.llmschema.model.RegistryException.GlobalIdTaken;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaType;
import io.llmschema.model.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which contents an {@link InMemoryState} has, the number of each, and the version to which that leads. Guarded by its owner. */
final class InMemoryContents {
    private final Map<Content, GlobalId> ids = new HashMap<>();
    private final Map<GlobalId, Kept> kept = new HashMap<>();

    /** Of all tenants; none above it was ever given to a content. */
    private int lastId;

    /** What versions with one global id have in common. */
    private record Content(
            TenantId tenant, SchemaType type, Fingerprint raw, List<SchemaReference> references, String distinction) {
        static Content of(NewSchema candidate) {
            return new Content(
                    candidate.subject().tenant(),
                    candidate.type(),
                    candidate.fingerprints().raw(),
                    candidate.references(),
                    candidate.distinction());
        }
    }

    /** What a content is known by, and the version with which it came. */
    private record Kept(Content content, @Nullable UUID guid, SchemaId first) {}

    InMemoryContents() {}

    InMemoryContents(InMemoryContents base) {
        ids.putAll(base.ids);
        kept.putAll(base.kept);
        lastId = base.lastId;
    }

    /** The id of the candidate's content; empty if the tenant has no such content. */
    Optional<GlobalId> find(NewSchema candidate) {
        return Optional.ofNullable(ids.get(Content.of(candidate)));
    }

    Optional<SchemaId> firstVersion(GlobalId id) {
        return Optional.ofNullable(kept.get(id)).map(Kept::first);
    }

    boolean isFirst(SchemaId version, GlobalId id) {
        return firstVersion(id).filter(version::equals).isPresent();
    }

    /** The first version of the content that has a guid; of the lowest id, if several have it. */
    Optional<SchemaId> firstVersion(TenantId tenant, UUID guid) {
        return kept.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant)
                        && guid.equals(entry.getValue().guid()))
                .min(comparingInt(entry -> entry.getKey().value()))
                .map(entry -> entry.getValue().first());
    }

    /**
     * The id that the candidate's content is to get, or has; nothing is given to it yet.
     *
     * @throws GlobalIdDiffers it has another one than the candidate wishes
     * @throws GlobalIdTaken another content has the one that it wishes
     */
    GlobalId idFor(NewSchema candidate) {
        TenantId tenant = candidate.subject().tenant();
        Integer wanted = candidate.placement().globalId();
        GlobalId known = find(candidate).orElse(null);
        if (wanted == null) {
            return known == null ? new GlobalId(tenant, lastId + 1) : known;
        }
        GlobalId given = new GlobalId(tenant, wanted);
        if (known != null && !known.equals(given)) {
            throw new GlobalIdDiffers(wanted, known);
        }
        if (known == null && kept.containsKey(given)) {
            throw new GlobalIdTaken(given);
        }
        return given;
    }

    /** Takes note of a version; if its content is new, of that as well, under the id that it is to get. */
    void add(NewSchema candidate, GlobalId id) {
        Content content = Content.of(candidate);
        if (ids.putIfAbsent(content, id) == null) {
            kept.put(id, new Kept(content, candidate.guid(), candidate.id()));
            lastId = Math.max(lastId, id.value());
        }
    }

    /** From now on the id leads to that version. */
    void leadTo(SchemaId version, GlobalId id) {
        kept.computeIfPresent(id, (_, present) -> new Kept(present.content(), present.guid(), version));
    }

    void remove(GlobalId id) {
        Kept removed = kept.remove(id);
        if (removed != null) {
            ids.remove(removed.content());
        }
    }
}
