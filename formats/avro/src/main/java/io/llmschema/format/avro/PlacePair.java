package io.llmschema.format.avro;

/**
 * Two places of which the one is read as the other.
 *
 * @param path how data get there
 * @param isMet whether there are data that get there; if not, the library plans for them nevertheless
 */
record PlacePair(Place reader, Place writer, DataPath path, boolean isMet) {}
