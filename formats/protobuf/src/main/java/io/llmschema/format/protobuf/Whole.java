package io.llmschema.format.protobuf;

/**
 * A whole number in a declaration, and where it stands.
 *
 * @param value what does not fit is the nearest {@code long}, far outside every range that the language allows
 */
record Whole(long value, Place place) {}
