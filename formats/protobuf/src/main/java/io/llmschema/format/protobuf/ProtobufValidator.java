package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.model.DocumentReport;

/**
 * Checks documents against the messages of one file, in both encodings.
 *
 * <p>What is valid is what the language's parsers read. In the wire format that is generous: a number that the schema does not have, a
 * field in another wire type than its own, and a value that a closed enum does not have are put aside as unknown, and are no errors. In
 * JSON the mapping's specification is followed where parsers are laxer than it (see {@link JsonDocument}).
 *
 * <p>Messages may be nested {@value #MAX_MESSAGES} deep in one another, which is where parsers stop by default; that is the narrower
 * bound in JSON too, whose objects and arrays may be nested up to {@link DocumentValidator#MAX_DEPTH}.
 */
final class ProtobufValidator implements DocumentValidator {
    /** The deepest that a message may lie in others. */
    static final int MAX_MESSAGES = 100;

    private final DocumentTypes types;

    ProtobufValidator(FileDescriptor file) {
        this.types = new DocumentTypes(file);
    }

    @Override
    public DocumentReport validate(byte[] document, DocumentForm form) {
        Descriptor message = types.message(form.message());
        return switch (form.encoding()) {
            case JSON -> new JsonDocument(types).check(document, message);
            case BINARY -> new BinaryDocument(types, document).check(message);
        };
    }
}
