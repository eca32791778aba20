package io.llmschema.format.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** The key of one entry of a map in the wire format. */
final class MapKey {
    private MapKey() {}

    /**
     * The key as JSON writes it; what there is of it if the entry cannot be read to its end. Without a key it is the default of its type.
     *
     * @param offset of the length of the entry
     */
    static String of(byte[] bytes, int offset, FieldDescriptor map) {
        FieldDescriptor key = map.getMessageType().findFieldByNumber(1);
        String found = key.getDefaultValue().toString();
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes, offset, bytes.length - offset);
            in.pushLimit(in.readRawVarint32());
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                boolean isKey = WireFormat.getTagFieldNumber(tag) == key.getNumber()
                        && WireFormat.getTagWireType(tag) == WireReader.wireType(key);
                if (isKey) {
                    found = read(in, key);
                } else if (!in.skipField(tag)) {
                    break;
                }
            }
        } catch (IOException _) {
            // The place of an error is told as well as it can be: the entry may be the error.
            return found;
        }
        return found;
    }

    private static String read(CodedInputStream in, FieldDescriptor key) throws IOException {
        return switch (key.getType()) {
            case STRING -> in.readString();
            case BOOL -> Boolean.toString(in.readBool());
            case INT32 -> Integer.toString(in.readInt32());
            case SINT32 -> Integer.toString(in.readSInt32());
            case SFIXED32 -> Integer.toString(in.readSFixed32());
            case UINT32 -> Integer.toUnsignedString(in.readUInt32());
            case FIXED32 -> Integer.toUnsignedString(in.readFixed32());
            case INT64 -> Long.toString(in.readInt64());
            case SINT64 -> Long.toString(in.readSInt64());
            case SFIXED64 -> Long.toString(in.readSFixed64());
            case UINT64 -> Long.toUnsignedString(in.readUInt64());
            case FIXED64 -> Long.toUnsignedString(in.readFixed64());
            case FLOAT, DOUBLE, BYTES, ENUM, MESSAGE, GROUP ->
                throw new IllegalArgumentException("the language has no such keys");
        };
    }
}
