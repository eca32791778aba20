package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.llmschema.format.protobuf.Encoding.Element;
import java.math.BigDecimal;
import java.util.Optional;

/** Which types the JSON mapping writes alike, and when what was read is what was written. */
final class JsonTypes {
    /** What a value is in JSON; those of one kind are read as each other if nothing is lost. */
    private enum Kind {
        NUMBER,
        TRUTH,
        TEXT,
        BYTES,
        ENUM,
        NULL,
        MESSAGE;

        static Kind of(FieldDescriptor field) {
            return switch (field.getJavaType()) {
                case INT, LONG, FLOAT, DOUBLE -> NUMBER;
                case BOOLEAN -> TRUTH;
                case STRING -> TEXT;
                case BYTE_STRING -> BYTES;
                case ENUM -> WellKnownTypes.isNull(field) ? NULL : ENUM;
                case MESSAGE -> MESSAGE;
            };
        }
    }

    private JsonTypes() {}

    /** The field whose value is written in place of the message, if the message is a wrapper; else the field itself. */
    static FieldDescriptor unwrap(FieldDescriptor field) {
        boolean isWrapper = field.getJavaType() == JavaType.MESSAGE && WellKnownTypes.isWrapper(field.getMessageType());
        return isWrapper ? field.getMessageType().findFieldByName("value") : field;
    }

    static boolean isReadable(FieldDescriptor writer, FieldDescriptor reader) {
        Kind written = Kind.of(writer);
        Kind read = Kind.of(reader);
        if (written == Kind.NUMBER && (read == Kind.NUMBER || read == Kind.ENUM)) {
            return isNumberReadable(writer, reader);
        }
        return written == read && (written != Kind.MESSAGE || isMessageReadable(writer, reader));
    }

    static boolean isSame(Element written, Element read) {
        Kind kind = Kind.of(written.field());
        Kind readKind = Kind.of(read.field());
        if (kind == Kind.NUMBER && (readKind == Kind.NUMBER || readKind == Kind.ENUM)) {
            return isSameNumber(written, read);
        }
        if (kind != readKind) {
            return false;
        }
        return switch (kind) {
            case NUMBER, TRUTH, TEXT, BYTES -> written.value().equals(read.value());
            case NULL -> true;
            case ENUM -> isSameName((EnumValueDescriptor) written.value(), (EnumValueDescriptor) read.value());
            case MESSAGE -> isSameForm((Message) written.value(), (Message) read.value());
        };
    }

    private static boolean isNumberReadable(FieldDescriptor writer, FieldDescriptor reader) {
        Optional<IntegerRange> integers = IntegerRange.of(writer);
        return switch (reader.getJavaType()) {
            case DOUBLE ->
                integers.map(range -> range.isWithin(IntegerRange.EXACT_IN_DOUBLE))
                        .orElse(true);
            case FLOAT ->
                integers.map(range -> range.isWithin(IntegerRange.EXACT_IN_FLOAT))
                        .orElse(writer.getJavaType() == JavaType.FLOAT);
            case INT, LONG, BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE ->
                integers.filter(range -> range.fits(reader)).isPresent();
        };
    }

    private static boolean isMessageReadable(FieldDescriptor writer, FieldDescriptor reader) {
        boolean hasOwnForm = WellKnownTypes.hasOwnForm(writer.getMessageType())
                || WellKnownTypes.hasOwnForm(reader.getMessageType());
        return !hasOwnForm || WellKnownTypes.isSame(writer.getMessageType(), reader.getMessageType());
    }

    private static boolean isSameNumber(Element written, Element read) {
        if (written.value() instanceof Float number && read.value() instanceof Double other) {
            // A float is written with as many digits as tell it from its neighbours; they are a different double.
            return isSame(number, other.floatValue());
        }
        if (written.value() instanceof Double number && read.value() instanceof Float other) {
            return isSame(number, other);
        }
        if (written.value().equals(read.value())
                && written.field().getType() == read.field().getType()) {
            return true;
        }
        Optional<BigDecimal> number = NumberValues.decimal(written);
        Optional<BigDecimal> other = NumberValues.decimal(read);
        return number.isPresent() && other.isPresent() && number.get().compareTo(other.get()) == 0;
    }

    /** JSON has one zero only: parsers drop its sign. */
    private static boolean isSame(double number, double other) {
        return number == other || (Double.isNaN(number) && Double.isNaN(other));
    }

    private static boolean isSameName(EnumValueDescriptor written, EnumValueDescriptor read) {
        EnumValueDescriptor printed = written.getType().findValueByNumber(written.getNumber());
        if (printed == null) {
            return written.getNumber() == read.getNumber();
        }
        EnumValueDescriptor namesake = read.getType().findValueByName(printed.getName());
        return namesake != null && namesake.getNumber() == read.getNumber();
    }

    private static boolean isSameForm(Message written, Message read) {
        Descriptor writer = written.getDescriptorForType();
        Descriptor reader = read.getDescriptorForType();
        if (!WellKnownTypes.isSame(writer, reader)) {
            // Of messages that replace one of the language nobody knows what a parser makes: that proves nothing.
            return writer.getFullName().equals(reader.getFullName());
        }
        return written.toByteString().equals(read.toByteString());
    }
}
