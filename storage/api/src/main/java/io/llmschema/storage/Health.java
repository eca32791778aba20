package io.llmschema.storage;

/**
 * Whether a component can do its work.
 *
 * @param detail what was found, in words
 */
public record Health(boolean isUp, String detail) {}
