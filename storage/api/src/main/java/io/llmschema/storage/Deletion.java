package io.llmschema.storage;

/** Which things a list holds, seen by whether they were soft-deleted. */
public enum Deletion {
    /** Those that are not. */
    LIVE,
    /** Those that are. */
    DELETED,
    /** Both. */
    ANY;

    public boolean includes(boolean isDeleted) {
        return switch (this) {
            case LIVE -> !isDeleted;
            case DELETED -> isDeleted;
            case ANY -> true;
        };
    }
}
