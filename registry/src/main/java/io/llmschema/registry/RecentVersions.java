package io.llmschema.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.LatestVersion;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Versions that schemas were compared with, or that were registered, a moment ago: the next one of the same subject is compared with them. Whole,
 * with what they refer to; that never changes, so nothing here is ever outdated. What is said of a version's state may be, and decides at most where
 * it is kept.
 *
 * <p>What {@code latest} leads to is kept under its subject, and all else by its id. A cache keeps what is often asked for: a subject is, again and
 * again; each of its versions is only until the next one comes, so that by their ids the old ones, which were asked for once and never will be again,
 * would keep out the new ones.
 */
final class RecentVersions {
    /** What their texts have together at most. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** That one takes beside its text. */
    private static final int OVERHEAD_BYTES = 1024;

    private final Cache<Place, OldVersion> versions = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Place _, OldVersion version) ->
                    Math.clamp(OVERHEAD_BYTES + Admission.bytes(version.source()), 0, Integer.MAX_VALUE))
            .executor(Runnable::run)
            .build();

    private sealed interface Place {
        record LatestOf(Subject subject) implements Place {}

        record One(SchemaId id) implements Place {}
    }

    /** Keeps a version that was registered just now: a draft, or one on an older branch, is not what {@code latest} leads to. */
    void add(OldVersion version) {
        SchemaSummary summary = version.summary();
        OldVersion before = versions.getIfPresent(new Place.LatestOf(summary.subject()));
        boolean isLatest = before == null
                ? summary.isSelectable()
                : LatestVersion.of(List.of(summary, before.summary())).equals(Optional.of(summary));
        if (isLatest) {
            putLatest(version, before);
        } else {
            versions.put(new Place.One(summary.id()), version);
        }
    }

    /** The version with that id: at hand, or else from the loader. */
    Optional<OldVersion> get(SchemaId id, Supplier<Optional<OldVersion>> loader) {
        OldVersion there = versions.getIfPresent(new Place.One(id));
        if (there != null) {
            return Optional.of(there);
        }
        Optional<OldVersion> loaded = loader.get();
        loaded.ifPresent(version -> versions.put(new Place.One(version.summary().id()), version));
        return loaded;
    }

    /**
     * The same of the version that {@code latest} leads to in a subject. Who asks knows better than what is here, where nobody tells of deletions, or of
     * what other nodes register.
     */
    Optional<OldVersion> getLatest(Subject subject, SchemaId id, Supplier<Optional<OldVersion>> loader) {
        OldVersion there = versions.getIfPresent(new Place.LatestOf(subject));
        if (there != null && there.summary().id().equals(id)) {
            return Optional.of(there);
        }
        Optional<OldVersion> found =
                Optional.ofNullable(versions.getIfPresent(new Place.One(id))).or(loader);
        found.ifPresent(version -> putLatest(version, there));
        return found;
    }

    /** The one before may be asked for by its id yet: by a transitive level, or as the latest of its group. */
    private void putLatest(OldVersion version, @Nullable OldVersion before) {
        versions.put(new Place.LatestOf(version.summary().subject()), version);
        versions.invalidate(new Place.One(version.summary().id()));
        if (before != null) {
            versions.put(new Place.One(before.summary().id()), before);
        }
    }
}
