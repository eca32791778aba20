package io.llmschema.model;

/**
 * A pair of places in two schemas about which nothing is known: neither that they are compatible nor an instance that shows the contrary.
 *
 * @param readerPath the place in the reader's schema, as in {@link Incompatibility}
 * @param writerPath the place in the writer's schema
 * @param reason what was too hard, in a sentence
 */
public record Undecided(String readerPath, String writerPath, String reason) {}
