package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Locale;

/** The types of fields as people write them. */
final class TypeNames {
    private TypeNames() {}

    /** The type of the field, or of one of its values if it has several. */
    static String of(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map<"
                    + of(field.getMessageType().getFields().getFirst()) + ", "
                    + of(field.getMessageType().getFields().getLast()) + ">";
        }
        return switch (field.getJavaType()) {
            case ENUM -> "enum " + Names.shortened(field.getEnumType().getFullName());
            case MESSAGE ->
                (field.getType() == FieldDescriptor.Type.GROUP ? "group " : "message ")
                        + Names.shortened(field.getMessageType().getFullName());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.getType().name().toLowerCase(Locale.ROOT);
        };
    }
}
