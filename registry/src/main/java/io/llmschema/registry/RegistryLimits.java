package io.llmschema.registry;

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

    public static final RegistryLimits DEFAULT = new RegistryLimits(DEFAULT_MAX_CONTENT_BYTES);
}
