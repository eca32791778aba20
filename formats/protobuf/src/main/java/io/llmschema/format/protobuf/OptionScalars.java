package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Optional;

/** The values of options that are no messages, as the objects that the library takes for them. */
final class OptionScalars {
    private OptionScalars() {}

    /**
     * Empty if the value does not fit the type.
     *
     * @param isInAggregate whether it stands in braces, where the more generous rules of the text format hold
     */
    static Optional<?> of(FieldDescriptor field, OptionValue value, boolean isInAggregate) {
        return switch (field.getType()) {
            case DOUBLE -> OptionValues.number(value);
            case FLOAT -> OptionValues.number(value).map(Double::floatValue);
            case INT32, SINT32, SFIXED32 -> OptionValues.int32(value);
            case INT64, SINT64, SFIXED64 -> OptionValues.int64(value);
            case UINT32, FIXED32 -> OptionValues.uint32(value);
            case UINT64, FIXED64 -> OptionValues.uint64(value);
            case BOOL -> isInAggregate ? generousBool(value) : OptionValues.bool(value);
            case STRING -> OptionValues.string(value);
            case BYTES -> OptionValues.bytes(value);
            case ENUM -> enumValue(field.getEnumType(), value, isInAggregate);
            case MESSAGE, GROUP -> Optional.empty();
        };
    }

    private static Optional<Boolean> generousBool(OptionValue value) {
        return switch (value) {
            case OptionValue.Word word
            when word.text().equals("t") || word.text().equals("True") -> Optional.of(true);
            case OptionValue.Word word
            when word.text().equals("f") || word.text().equals("False") -> Optional.of(false);
            case OptionValue.Integral _ ->
                OptionValues.uint64(value).filter(number -> number >>> 1 == 0).map(number -> number == 1);
            case OptionValue.Word _,
                    OptionValue.Decimal _,
                    OptionValue.Text _,
                    OptionValue.Aggregate _,
                    OptionValue.Many _ -> OptionValues.bool(value);
        };
    }

    private static Optional<EnumValueDescriptor> enumValue(
            EnumDescriptor type, OptionValue value, boolean isInAggregate) {
        if (value instanceof OptionValue.Word word && !word.isNegative()) {
            return Optional.ofNullable(type.findValueByName(word.text()));
        }
        return isInAggregate ? OptionValues.int32(value).map(type::findValueByNumber) : Optional.empty();
    }

    /** What a value of that field is called in a sentence. */
    static String shownType(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.ENUM
                ? "the name of a value of the enum \"" + field.getEnumType().getFullName() + "\""
                : DefaultValue.shownType(field.getType().toProto());
    }
}
