package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Objects;

/**
 * A number of the writer's enum, and the field of the reader that it is read into.
 *
 * @param names those that the writer's enum gives to the number, the first of which is its name in JSON; none if it is not declared
 */
record EnumReading(int number, List<String> names, FieldDescriptor reader) {
    static EnumReading of(EnumValueDescriptor value, FieldDescriptor reader) {
        List<String> names = value.getType().getValues().stream()
                .filter(alias -> alias.getNumber() == value.getNumber())
                .map(EnumValueDescriptor::getName)
                .toList();
        return new EnumReading(value.getNumber(), names, reader);
    }

    /** Whether the reader keeps a number that its enum does not declare in the field, and does not put it aside as unknown. */
    static boolean isOpen(FieldDescriptor field) {
        return !field.getEnumType().isClosed() && !field.legacyEnumFieldTreatedAsClosed();
    }

    /** Whether the value is the same when it is known by its number. */
    static boolean isSameNumber(EnumValueDescriptor written, EnumValueDescriptor read, FieldDescriptor reader) {
        return written.getNumber() == read.getNumber() && !of(written, reader).isRenumbered();
    }

    boolean isNumberKnown() {
        return enumeration().findValueByNumber(number) != null;
    }

    boolean isNameKnown() {
        return names.isEmpty() || enumeration().findValueByName(names.getFirst()) != null;
    }

    /** Whether the reader has the value's names, but for other numbers only: what was one value to the writer is another one. */
    boolean isRenumbered() {
        List<EnumValueDescriptor> namesakes = names.stream()
                .map(enumeration()::findValueByName)
                .filter(Objects::nonNull)
                .toList();
        return !namesakes.isEmpty() && namesakes.stream().noneMatch(namesake -> namesake.getNumber() == number);
    }

    private EnumDescriptor enumeration() {
        return reader.getEnumType();
    }
}
