package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.Optional;

/** Readings of an option value as a scalar; each is empty if the value is of another kind or out of range. */
final class OptionValues {
    private OptionValues() {}

    static Optional<Integer> int32(OptionValue value) {
        return int64(value).filter(number -> number == number.intValue()).map(Long::intValue);
    }

    static Optional<Long> int64(OptionValue value) {
        if (!(value instanceof OptionValue.Integral integral)) {
            return Optional.empty();
        }
        long magnitude = integral.magnitude();
        if (integral.isNegative()) {
            boolean fits = magnitude >= 0 || magnitude == Long.MIN_VALUE;
            return fits ? Optional.of(-magnitude) : Optional.empty();
        }
        return magnitude >= 0 ? Optional.of(magnitude) : Optional.empty();
    }

    static Optional<Integer> uint32(OptionValue value) {
        return uint64(value).filter(number -> number >>> 32 == 0).map(Long::intValue);
    }

    static Optional<Long> uint64(OptionValue value) {
        return value instanceof OptionValue.Integral integral && (!integral.isNegative() || integral.magnitude() == 0)
                ? Optional.of(integral.magnitude())
                : Optional.empty();
    }

    static Optional<Double> number(OptionValue value) {
        return switch (value) {
            case OptionValue.Decimal decimal -> Optional.of(decimal.value());
            case OptionValue.Integral integral -> Optional.of(asDouble(integral));
            case OptionValue.Word word -> special(word);
            case OptionValue.Text _, OptionValue.Aggregate _, OptionValue.Many _ -> Optional.empty();
        };
    }

    private static double asDouble(OptionValue.Integral integral) {
        double magnitude = Double.parseDouble(Long.toUnsignedString(integral.magnitude()));
        return integral.isNegative() ? -magnitude : magnitude;
    }

    private static Optional<Double> special(OptionValue.Word word) {
        return switch (word.text()) {
            case "inf" -> Optional.of(word.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            case "nan" -> Optional.of(Double.NaN);
            default -> Optional.empty();
        };
    }

    static Optional<Boolean> bool(OptionValue value) {
        if (!(value instanceof OptionValue.Word word) || word.isNegative()) {
            return Optional.empty();
        }
        return switch (word.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<String> string(OptionValue value) {
        return bytes(value).filter(ByteString::isValidUtf8).map(ByteString::toStringUtf8);
    }

    static Optional<ByteString> bytes(OptionValue value) {
        return value instanceof OptionValue.Text text ? Optional.of(text.bytes()) : Optional.empty();
    }
}
