package io.llmschema.format.avro;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What a logical type asks of a value beyond its underlying type.
 *
 * <p>Dates and timestamps take every number, a duration every twelve bytes, so there is no rule for them. What a schema annotates wrongly is no
 * logical type, as the specification says; the library has left it out.
 */
sealed interface LogicalRule {
    /** Every value will do. */
    record None() implements LogicalRule {}

    /** A number of at most so many digits, as two's complement with the most significant byte first. */
    record Decimal(int precision) implements LogicalRule {
        private static final double BITS_OF_A_DIGIT = Math.log(10) / Math.log(2);

        /** Above it, the power of ten is not worked out: a number that is as long as it may be is not compared with it. */
        private static final int MAX_EXACT_PRECISION = 10_000;

        Optional<String> complaint(byte[] bytes, int start, int length) {
            if (length == 0) {
                return Optional.of("it has no byte, and a decimal has at least one");
            }
            int first = start;
            byte sign = (byte) (bytes[start] < 0 ? -1 : 0);
            while (first < start + length - 1 && bytes[first] == sign && (bytes[first + 1] ^ sign) >= 0) {
                first++;
            }
            int significant = start + length - first;
            if (significant > precision * BITS_OF_A_DIGIT / Byte.SIZE + 2) {
                return Optional.of(tooLong());
            }
            return isTooLarge(new BigInteger(bytes, first, significant)) ? Optional.of(tooLong()) : Optional.empty();
        }

        private boolean isTooLarge(BigInteger value) {
            double bits = precision * BITS_OF_A_DIGIT;
            int length = value.abs().bitLength();
            if (length <= bits - 1) {
                return false;
            }
            if (precision > MAX_EXACT_PRECISION) {
                return length > bits + 1;
            }
            return value.abs().compareTo(BigInteger.TEN.pow(precision)) >= 0;
        }

        private String tooLong() {
            return "its unscaled value has more than the " + precision + " digits of the precision";
        }
    }

    /** A UUID as text. */
    record Uuid() implements LogicalRule {
        private static final int LENGTH = 36;
        private static final Pattern TEXT =
                Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

        boolean allows(String text) {
            return text.length() == LENGTH && TEXT.matcher(text).matches();
        }
    }

    /** A time within a day. */
    record TimeOfDay(String name, long unitsOfADay) implements LogicalRule {
        boolean allows(long value) {
            return value >= 0 && value < unitsOfADay;
        }
    }

    LogicalRule NONE = new None();

    static LogicalRule of(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return switch (type) {
            case null -> NONE;
            case LogicalTypes.Decimal decimal -> new Decimal(decimal.getPrecision());
            case LogicalTypes.Uuid _ when schema.getType() == Schema.Type.STRING -> new Uuid();
            case LogicalTypes.TimeMillis time -> new TimeOfDay(time.getName(), 86_400_000L);
            case LogicalTypes.TimeMicros time -> new TimeOfDay(time.getName(), 86_400_000_000L);
            // The library's and, through its registry, anybody's.
            default -> NONE;
        };
    }
}
