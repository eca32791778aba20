package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.TextFormat;
import java.math.BigInteger;
import java.util.Optional;

/** The default value of a field, in the spelling that descriptors use. */
final class DefaultValue {
    private DefaultValue() {}

    /** Empty if the value does not fit the type. Whether an enum has a value of the name is checked by linking. */
    static Optional<String> of(FieldDescriptorProto.Type type, OptionValue value) {
        return switch (type) {
            case TYPE_DOUBLE -> OptionValues.number(value).map(Numbers::inDescriptor);
            case TYPE_FLOAT -> OptionValues.number(value).map(number -> Numbers.inDescriptor((float) (double) number));
            case TYPE_INT32, TYPE_SINT32, TYPE_SFIXED32 ->
                OptionValues.int32(value).map(String::valueOf);
            case TYPE_INT64, TYPE_SINT64, TYPE_SFIXED64 ->
                OptionValues.int64(value).map(String::valueOf);
            case TYPE_UINT32, TYPE_FIXED32 -> OptionValues.uint32(value).map(Integer::toUnsignedString);
            case TYPE_UINT64, TYPE_FIXED64 -> OptionValues.uint64(value).map(Long::toUnsignedString);
            case TYPE_BOOL -> OptionValues.bool(value).map(String::valueOf);
            case TYPE_STRING -> OptionValues.string(value);
            case TYPE_BYTES -> OptionValues.bytes(value).map(TextFormat::escapeBytes);
            case TYPE_ENUM ->
                value instanceof OptionValue.Word word && !word.isNegative()
                        ? Optional.of(word.text())
                        : Optional.empty();
            case TYPE_MESSAGE, TYPE_GROUP -> Optional.empty();
        };
    }

    /** What a value of that type is called in a sentence. */
    static String shownType(FieldDescriptorProto.Type type) {
        return switch (type) {
            case TYPE_DOUBLE, TYPE_FLOAT -> "a number";
            case TYPE_INT32, TYPE_SINT32, TYPE_SFIXED32 ->
                range(BigInteger.TWO.pow(31).negate(), 31);
            case TYPE_INT64, TYPE_SINT64, TYPE_SFIXED64 ->
                range(BigInteger.TWO.pow(63).negate(), 63);
            case TYPE_UINT32, TYPE_FIXED32 -> range(BigInteger.ZERO, 32);
            case TYPE_UINT64, TYPE_FIXED64 -> range(BigInteger.ZERO, 64);
            case TYPE_BOOL -> "true or false";
            case TYPE_STRING -> "a string of well-formed UTF-8";
            case TYPE_BYTES -> "a string";
            case TYPE_ENUM -> "the name of a value of the enum";
            case TYPE_MESSAGE, TYPE_GROUP -> "a message in braces";
        };
    }

    private static String range(BigInteger min, int bits) {
        return "a whole number from " + min + " to " + BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
    }
}
