package io.llmschema.storage;

import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaId;
import io.llmschema.model.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to one subject, as far as those must know who keep copies.
 *
 * @param revision of the subject after it
 * @param kind what may have become of copies of the subject's older versions
 * @param versions those that came or changed
 */
public record SubjectChange(Subject subject, long revision, Kind kind, List<Version> versions) {
    /** What of a subject a change leaves alone. Of two kinds, the later one may have changed all that the other one may. */
    public enum Kind {
        /** All that was there before: a version came. */
        ADDITION,
        /** The versions: something was said about the subject itself, or set for it. */
        STATEMENT,
        /** A version that was there changed its state, or was deleted or removed. */
        ALTERATION
    }

    /**
     * A version that came, changed or went.
     *
     * @param revision of the version after it; of one that went, of its subject
     * @param content the global id of its content, if that led to it before the change, or does after it
     */
    public record Version(
            SchemaId id, long revision, @Nullable GlobalId content) {
        private Version newer(Version other) {
            return revision >= other.revision ? this : other;
        }
    }

    public SubjectChange {
        versions = List.copyOf(versions);
    }

    /** Both changes as if they were one. */
    public SubjectChange merge(SubjectChange other) {
        return new SubjectChange(
                subject,
                Math.max(revision, other.revision),
                kind.compareTo(other.kind) >= 0 ? kind : other.kind,
                List.copyOf(Stream.concat(versions.stream(), other.versions.stream())
                        .collect(Collectors.toMap(Version::id, Function.identity(), Version::newer, LinkedHashMap::new))
                        .values()));
    }
}
