package io.llmschema.format.protobuf;

/** A name or a text in the words of the author, and where it stands. */
record Written(String text, Place place) {}
