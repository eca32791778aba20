package io.llmschema.cli;

/** What came of one row of an import. */
sealed interface RowOutcome {
    /** Whether the registry has the content now, under a version that others may refer to. */
    default boolean isThere() {
        return this instanceof Kept;
    }

    /** The registry has the content, as this version. */
    sealed interface Kept extends RowOutcome {
        String version();

        boolean isVerified();
    }

    /** It is new. */
    record Registered(String version, boolean isVerified) implements Kept {}

    /** It was there before. */
    record AlreadyThere(String version, boolean isVerified) implements Kept {}

    /** The registry would take it; this was a dry run, so it has not. */
    record WouldRegister(String version) implements RowOutcome {}

    record Deleted() implements RowOutcome {}

    /** There was nothing left to delete. */
    record AlreadyDeleted() implements RowOutcome {}

    /** The row or its schema is at fault; sending it again would bring the same answer. */
    record Rejected(String code, String detail) implements RowOutcome {}

    /** The row could not be dealt with, through no fault of its own. */
    record Failed(String code, String detail) implements RowOutcome {}

    /** What was read back is not what was registered. */
    record Different(String detail) implements RowOutcome {}

    /** Not tried, because the run ended before, or because a dry run cannot know. */
    record Skipped() implements RowOutcome {}
}
