package io.llmschema.model;

import org.jspecify.annotations.Nullable;

/**
 * Which numbers a new version is to get, where its author does not leave that to the registry.
 *
 * @param ordinal absent: the one after the last
 * @param globalId of its content; absent: the one that the content has, or one that was never used
 * @param isImport whether the version comes from another registry: ordinals may be left out then, and it is not compared with others
 */
public record Placement(@Nullable Integer ordinal, @Nullable Integer globalId, boolean isImport) {
    /** The highest global id that may be given: above it are those that the registry gives itself when it has come so far. */
    public static final int MAX_GLOBAL_ID = 2_000_000_000;

    /** The highest ordinal that may be given: there must be some left for the versions that come after it. */
    public static final int MAX_ORDINAL = 2_000_000_000;

    /** Whatever comes next. */
    public static final Placement NEXT = new Placement(null, null, false);

    public Placement {
        if (ordinal != null && (ordinal < 1 || ordinal > MAX_ORDINAL)) {
            throw new RegistryException.InvalidValue(
                    "version", ordinal.toString(), "an ordinal is a number from 1 to " + MAX_ORDINAL);
        }
        if (globalId != null && (globalId < 1 || globalId > MAX_GLOBAL_ID)) {
            throw new RegistryException.InvalidValue(
                    "global-id", globalId.toString(), "an id is a number from 1 to " + MAX_GLOBAL_ID);
        }
        if (globalId != null && !isImport) {
            throw new IllegalArgumentException("only what is imported brings its id");
        }
    }

    /** Whether the version is to have that ordinal wherever it lies, so that no version with another one is the same. */
    public boolean isAtOrdinal() {
        return isImport && ordinal != null;
    }

    /** Must be the ordinal after the last. */
    public static Placement asNext(int ordinal) {
        return new Placement(ordinal, null, false);
    }
}
