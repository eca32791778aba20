package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.InvalidEscapeSequenceException;

/** Values in the spelling of descriptors as values of the language: the way back of {@link DefaultValue}. */
final class WrittenDefault {
    private WrittenDefault() {}

    /** The default value of a field that has one. */
    static OptionValue of(FieldDescriptorProto field) {
        String spelled = field.getDefaultValue();
        return switch (field.getType()) {
            case TYPE_DOUBLE, TYPE_FLOAT -> number(spelled);
            case TYPE_STRING -> text(ByteString.copyFromUtf8(spelled));
            case TYPE_BYTES -> text(unescaped(spelled));
            case TYPE_BOOL, TYPE_ENUM, TYPE_MESSAGE, TYPE_GROUP -> word(DescriptorReader.name(spelled));
            case TYPE_INT32,
                    TYPE_SINT32,
                    TYPE_SFIXED32,
                    TYPE_INT64,
                    TYPE_SINT64,
                    TYPE_SFIXED64,
                    TYPE_UINT32,
                    TYPE_FIXED32,
                    TYPE_UINT64,
                    TYPE_FIXED64 -> whole(spelled);
        };
    }

    static OptionValue word(String word) {
        return new OptionValue.Word(DescriptorReader.NOWHERE, false, word);
    }

    static OptionValue text(ByteString bytes) {
        return new OptionValue.Text(DescriptorReader.NOWHERE, bytes);
    }

    /** A number in the spelling of C or of Java. */
    static OptionValue number(String spelled) {
        boolean isNegative = spelled.startsWith("-");
        String magnitude = isNegative ? spelled.substring(1) : spelled;
        return switch (magnitude) {
            case "inf", "Infinity" -> new OptionValue.Word(DescriptorReader.NOWHERE, isNegative, "inf");
            case "nan", "NaN" -> new OptionValue.Word(DescriptorReader.NOWHERE, isNegative, "nan");
            default -> {
                if (!Numbers.isDecimal(magnitude)) {
                    throw new Inexpressible("a default value is no number");
                }
                yield new OptionValue.Decimal(DescriptorReader.NOWHERE, Double.parseDouble(spelled));
            }
        };
    }

    private static OptionValue whole(String spelled) {
        boolean isNegative = spelled.startsWith("-");
        String magnitude = isNegative ? spelled.substring(1) : spelled;
        if (!Numbers.isWhole(magnitude) || !Numbers.fits(magnitude)) {
            throw new Inexpressible("a default value is no whole number");
        }
        return new OptionValue.Integral(DescriptorReader.NOWHERE, isNegative, Numbers.unsigned(magnitude));
    }

    private static ByteString unescaped(String spelled) {
        try {
            return TextFormat.unescapeBytes(spelled);
        } catch (InvalidEscapeSequenceException _) {
            throw new Inexpressible("a default value has an escape that there is not");
        }
    }
}
