package io.llmschema.registry;

import java.time.Duration;

/**
 * How much a registry takes.
 *
 * @param maxContentBytes the largest content
 */
public record RegistryLimits(int maxContentBytes) {
    public static final int DEFAULT_MAX_CONTENT_BYTES = 16 * 1024 * 1024;

    /** The most schemas that one schema may refer to, directly and through others. */
    public static final int MAX_REFERENCES = 1_000;

    /** The most items of a batch. */
    public static final int MAX_BATCH_ITEMS = 1_000;

    /** The most bytes that the schemas may have together to which one schema refers. */
    public static final int MAX_REFERENCED_BYTES = 32 * 1024 * 1024;

    /** The most versions that one schema is compared with in answer to one question. */
    public static final int MAX_COMPARED_VERSIONS = 200;

    /** The most versions that one schema is compared with when it is registered. */
    public static final int MAX_VERSIONS_OF_REGISTRATION = 1_000;

    /** The most versions of a subject that are looked through for those to compare with. */
    public static final int MAX_VERSIONS_LOOKED_THROUGH = 20_000;

    /** The most questions about compatibility in a batch of them. */
    public static final int MAX_COMPATIBILITY_ITEMS = 100;

    /** The most versions that the schemas of such a batch are compared with together: its answer tells of each. */
    public static final int MAX_COMPARED_VERSIONS_OF_BATCH = 1_000;

    /**
     * The most bytes that both sides of all comparisons have together which one question, or batch of questions, leads to; one comparison
     * alone may have more. A pair of the largest contents with the most that they may refer to has three quarters of it.
     */
    public static final int MAX_COMPARED_BYTES = 128 * 1024 * 1024;

    /** The most versions that a graph shows each way from the one in its middle. */
    public static final int MAX_GRAPH_NODES = 1_000;

    /** The most characters that the references of the versions in it, names and subjects, have together each way. */
    public static final int MAX_GRAPH_NAME_CHARS = 4 * 1024 * 1024;

    /** The most versions that one question about the impact of a change looks at. */
    public static final int MAX_IMPACT_DEPENDENTS = 200;

    /** Texts are parsed at the same time as long as they have no more bytes together: a tree is many times larger than its text. */
    static final int MAX_BYTES_PARSED_AT_ONCE = 8 * 1024 * 1024;

    /** A batch holds a connection to the store from its first item to its last; these leave enough for everyone else. */
    static final int MAX_BATCHES_AT_ONCE = 4;

    static final Duration PARSE_WAIT = Duration.ofSeconds(10);

    public static final RegistryLimits DEFAULT = new RegistryLimits(DEFAULT_MAX_CONTENT_BYTES);
}
