package io.llmschema.storage.postgres;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Version;
import io.llmschema.storage.SubjectHistory;

/**
 * A candidate that is about to become a version of its subject.
 *
 * @param ordinal that it gets
 * @param lastOrdinal the highest of those that the subject has used
 * @param before what the subject has been so far
 */
record NewVersion(NewSchema candidate, Version version, int ordinal, int lastOrdinal, SubjectHistory before) {
    /** Whether all other versions of the subject come before it. */
    boolean isLast() {
        return ordinal > lastOrdinal;
    }

    /** Whether it is what {@code latest} resolves to: see {@link io.llmschema.model.LatestVersion}. */
    boolean isLatest() {
        Version latest = before.latest();
        return candidate.state().stage().isSelectable() && (latest == null || isAbove(version, latest));
    }

    private static boolean isAbove(Version version, Version latest) {
        return version.isPreRelease() == latest.isPreRelease() ? version.compareTo(latest) > 0 : latest.isPreRelease();
    }

    /** The highest version by precedence that the subject has ever had, with this one. */
    Version highest() {
        Version highest = before.highest();
        return highest == null || version.compareTo(highest) > 0 ? version : highest;
    }

    /** Of the subject, with this version. */
    long revision() {
        return before.revision() + 1;
    }
}
