package io.llmschema.format.protobuf;

/** Ends the reading of a descriptor that no file of the language has. */
final class Inexpressible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Inexpressible(String reason) {
        super(reason, null, false, false);
    }
}
