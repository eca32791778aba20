package io.llmschema.registry;

import io.llmschema.model.RegistryException.TooMuchToCompare;

/**
 * How much may still be compared in answer to one request, be that a question or a batch of them: it bounds the time that a request takes,
 * and the length of its answer. Used by one thread.
 */
public final class ComparisonAllowance {
    private final int maxVersionsOfOne;
    private final int maxVersions;
    private int versions;
    private long bytes;

    private ComparisonAllowance(int maxVersionsOfOne, int maxVersions) {
        this.maxVersionsOfOne = maxVersionsOfOne;
        this.maxVersions = maxVersions;
    }

    /** That of a question by itself. */
    public static ComparisonAllowance ofQuestion() {
        return new ComparisonAllowance(RegistryLimits.MAX_COMPARED_VERSIONS, RegistryLimits.MAX_COMPARED_VERSIONS);
    }

    /** That of a registration. */
    static ComparisonAllowance ofRegistration() {
        return new ComparisonAllowance(
                RegistryLimits.MAX_VERSIONS_OF_REGISTRATION, RegistryLimits.MAX_VERSIONS_OF_REGISTRATION);
    }

    /** That of all questions of a batch together. */
    public static ComparisonAllowance ofBatch() {
        return new ComparisonAllowance(
                RegistryLimits.MAX_COMPARED_VERSIONS, RegistryLimits.MAX_COMPARED_VERSIONS_OF_BATCH);
    }

    /** The most versions that one schema is compared with. */
    int maxVersionsOfOne() {
        return maxVersionsOfOne;
    }

    /**
     * Takes so many versions.
     *
     * @throws TooMuchToCompare there are not so many left; none is taken then
     */
    void takeVersions(int number) {
        if (versions + number > maxVersions) {
            throw new TooMuchToCompare(
                    "with this, schemas would be compared with more than %,d versions; ask in several requests"
                            .formatted(maxVersions));
        }
        versions += number;
    }

    /**
     * Takes the bytes of a comparison. One by itself is never too large, as each side of it is bounded.
     *
     * @throws TooMuchToCompare there are not so many left
     */
    void takeBytes(long number) {
        if (!tryBytes(number)) {
            throw new TooMuchToCompare(
                    "the schemas have more than %,d bytes together; ask in several requests, and name fewer versions in each"
                            .formatted(RegistryLimits.MAX_COMPARED_BYTES));
        }
    }

    /** The same, for who can do without: false if there are not so many left, and then none is taken. */
    boolean tryBytes(long number) {
        if (bytes > 0 && bytes + number > RegistryLimits.MAX_COMPARED_BYTES) {
            return false;
        }
        bytes += number;
        return true;
    }
}
