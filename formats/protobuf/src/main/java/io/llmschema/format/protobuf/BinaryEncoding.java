package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Witness;
import java.util.Base64;
import java.util.Optional;

/** The wire format: fields are known by their numbers, and what the reader does not know it leaves aside. */
final class BinaryEncoding implements Encoding {
    /** How values lie on the wire; those of one kind are read as each other if they are in the range of both. */
    private enum Layout {
        VARINT,
        ZIGZAG,
        FIXED_32,
        FIXED_64,
        FLOAT,
        DOUBLE,
        TEXT,
        BYTES,
        MESSAGE,
        GROUP;

        static Layout of(FieldDescriptor field) {
            return switch (field.getType()) {
                case INT32, INT64, UINT32, UINT64, BOOL, ENUM -> VARINT;
                case SINT32, SINT64 -> ZIGZAG;
                case FIXED32, SFIXED32 -> FIXED_32;
                case FIXED64, SFIXED64 -> FIXED_64;
                case FLOAT -> FLOAT;
                case DOUBLE -> DOUBLE;
                case STRING -> TEXT;
                case BYTES -> BYTES;
                case MESSAGE -> MESSAGE;
                case GROUP -> GROUP;
            };
        }
    }

    @Override
    public DataEncoding aspect() {
        return DataEncoding.BINARY;
    }

    @Override
    public String mediaType() {
        return Witness.BINARY;
    }

    @Override
    public Optional<String> write(Message message) {
        return Optional.of(Base64.getEncoder().encodeToString(message.toByteArray()));
    }

    @Override
    public Reading read(String document, Descriptor type) {
        try {
            return new Reading.Read(DynamicMessage.newBuilder(type)
                    .mergeFrom(Base64.getDecoder().decode(document))
                    .buildPartial());
        } catch (InvalidProtocolBufferException e) {
            return new Reading.Refused(Refusals.sentence("what was written", type, e));
        }
    }

    @Override
    public Optional<FieldDescriptor> counterpart(FieldDescriptor field, Descriptor reader) {
        return Optional.ofNullable(reader.findFieldByNumber(field.getNumber()));
    }

    @Override
    public Optional<FieldDescriptor> namesake(FieldDescriptor field, Descriptor reader) {
        return Optional.ofNullable(reader.findFieldByName(field.getName()))
                .filter(namesake -> namesake.getNumber() != field.getNumber());
    }

    @Override
    public boolean dropsUnknownFields() {
        return true;
    }

    @Override
    public boolean isReadable(Cardinality writer, Cardinality reader) {
        return switch (reader) {
            // Of several values one only would be left, or none where they are packed; messages would be merged.
            case SINGULAR -> writer == Cardinality.SINGULAR;
            case REPEATED -> true;
            // Of several entries with the same key one only would be left.
            case MAP -> writer != Cardinality.REPEATED;
        };
    }

    @Override
    public boolean isReadable(FieldDescriptor writer, FieldDescriptor reader) {
        Layout written = Layout.of(writer);
        Layout read = Layout.of(reader);
        if (written == Layout.TEXT || written == Layout.MESSAGE) {
            return read == written || read == Layout.BYTES;
        }
        if (written != read) {
            return false;
        }
        boolean areEnums = writer.getJavaType() == JavaType.ENUM && reader.getJavaType() == JavaType.ENUM;
        return areEnums
                || IntegerRange.of(writer).map(range -> range.fits(reader)).orElse(true);
    }

    @Override
    public boolean hasFields(Descriptor message) {
        return true;
    }

    @Override
    public boolean isSame(Element written, Element read) {
        if (written.value() instanceof EnumValueDescriptor value && read.value() instanceof EnumValueDescriptor other) {
            return EnumReading.isSameNumber(value, other, read.field());
        }
        Optional<?> number = NumberValues.integer(written);
        if (number.isPresent()) {
            return number.equals(NumberValues.integer(read));
        }
        if (written.value() instanceof Message message) {
            return message.toByteString().equals(read.value());
        }
        if (written.value() instanceof String text && read.value() instanceof ByteString bytes) {
            return ByteString.copyFromUtf8(text).equals(bytes);
        }
        return written.value().equals(read.value());
    }

    @Override
    public boolean isReadable(EnumReading reading) {
        return !reading.isRenumbered() && (reading.isNumberKnown() || EnumReading.isOpen(reading.reader()));
    }
}
