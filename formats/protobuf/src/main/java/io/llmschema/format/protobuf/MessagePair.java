package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;

/** A message of the writer, and the message of the reader as which it is read. */
record MessagePair(Descriptor writer, Descriptor reader) {}
