package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.llmschema.model.DataEncoding;
import java.util.Optional;

/**
 * An encoding of messages: how they are written and read, what makes two fields the same field, and which types can be read as
 * which.
 */
sealed interface Encoding permits BinaryEncoding, JsonEncoding {
    /** A value with the field that says what it is; of a repeated field it is one element. */
    record Element(FieldDescriptor field, Object value) {}

    /** What came of reading a document. */
    sealed interface Reading {
        /** It was read; whether everything that is required is there was not looked at. */
        record Read(Message message) implements Reading {}

        /** It was not. */
        record Refused(String reason) implements Reading {}
    }

    DataEncoding aspect();

    String mediaType();

    /** The document that stands for a message; empty if the encoding has none. */
    Optional<String> write(Message message);

    Reading read(String document, Descriptor type);

    /** The field of a message into which the content of another message's field is read. */
    Optional<FieldDescriptor> counterpart(FieldDescriptor field, Descriptor reader);

    /** The field of a message that has the same name as another message's field, but into which that one's content is not read. */
    Optional<FieldDescriptor> namesake(FieldDescriptor field, Descriptor reader);

    /** Whether a reader leaves fields aside that it does not know; if not, it refuses them. */
    boolean dropsUnknownFields();

    /** Whether a field of that kind can be there once only or many times without the reader losing anything. */
    boolean isReadable(Cardinality writer, Cardinality reader);

    /**
     * Whether every value of one field's type is read as the same value by another one's. Of enums the values, and of messages the
     * fields, are not looked at.
     */
    boolean isReadable(FieldDescriptor writer, FieldDescriptor reader);

    /** Whether the encoding looks into the message and finds its fields there. */
    boolean hasFields(Descriptor message);

    /** Whether a value that is no message with fields, or not on both sides, is the same. */
    boolean isSame(Element written, Element read);

    /** The value that the encoding puts in place of another one. */
    default Element unwrap(Element element) {
        return element;
    }

    /** Whether a field is left out when it has the value that its type has by default. */
    default boolean leavesOutDefault(FieldDescriptor field) {
        return !field.isRepeated() && !field.hasPresence();
    }

    /** Whether a value of one enum that the writer writes is taken by the reader for one of the same meaning. */
    boolean isReadable(EnumReading reading);
}
