package io.llmschema.format.protobuf;

import io.llmschema.model.DocumentError;

/** Ends the reading of a document that is none of its encoding, with the one error that is said of it. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient DocumentError error;

    Unreadable(String instancePath, String schemaPath, String message) {
        super(message, null, false, false);
        this.error = new DocumentError(instancePath, schemaPath, DocumentError.SYNTAX, message);
    }

    DocumentError error() {
        return error;
    }
}
