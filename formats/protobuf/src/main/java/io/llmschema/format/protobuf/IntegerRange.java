package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The whole numbers from one to another, both included. */
record IntegerRange(BigInteger least, BigInteger greatest) {
    private static final IntegerRange BIT = unsigned(1);
    private static final IntegerRange SIGNED_32 = signed(32);
    private static final IntegerRange SIGNED_64 = signed(64);
    private static final IntegerRange UNSIGNED_32 = unsigned(32);
    private static final IntegerRange UNSIGNED_64 = unsigned(64);

    /** What a {@code float} holds without rounding. */
    static final IntegerRange EXACT_IN_FLOAT = symmetric(24);

    /** What a {@code double} holds without rounding. */
    static final IntegerRange EXACT_IN_DOUBLE = symmetric(53);

    /** What the type of a field holds, a bool counting as 0 and 1 and an enum as its numbers; empty for what is no number. */
    static Optional<IntegerRange> of(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> Optional.of(SIGNED_32);
            case INT64, SINT64, SFIXED64 -> Optional.of(SIGNED_64);
            case UINT32, FIXED32 -> Optional.of(UNSIGNED_32);
            case UINT64, FIXED64 -> Optional.of(UNSIGNED_64);
            case BOOL -> Optional.of(BIT);
            case ENUM -> Optional.of(between(field.getEnumType().getValues()));
            case FLOAT, DOUBLE, STRING, BYTES, MESSAGE, GROUP -> Optional.empty();
        };
    }

    /** Whether the type of a field holds every number of this range. */
    boolean fits(FieldDescriptor field) {
        if (field.getType() != FieldDescriptor.Type.ENUM) {
            return of(field).filter(this::isWithin).isPresent();
        }
        if (EnumReading.isOpen(field)) {
            return isWithin(SIGNED_32);
        }
        BigInteger declared = BigInteger.valueOf(field.getEnumType().getValues().size());
        // A range with more numbers than there are values need not be walked through.
        return greatest.subtract(least).compareTo(declared) < 0 && isWithin(SIGNED_32) && isDeclared(field);
    }

    boolean isWithin(IntegerRange other) {
        return other.contains(least) && other.contains(greatest);
    }

    boolean contains(BigInteger number) {
        return least.compareTo(number) <= 0 && number.compareTo(greatest) <= 0;
    }

    private boolean isDeclared(FieldDescriptor field) {
        for (int number = least.intValue(); number <= greatest.intValue(); number++) {
            if (field.getEnumType().findValueByNumber(number) == null) {
                return false;
            }
            if (number == Integer.MAX_VALUE) {
                break;
            }
        }
        return true;
    }

    private static IntegerRange between(List<EnumValueDescriptor> values) {
        List<BigInteger> numbers = values.stream()
                .map(value -> BigInteger.valueOf(value.getNumber()))
                .sorted(Comparator.naturalOrder())
                .toList();
        return new IntegerRange(numbers.getFirst(), numbers.getLast());
    }

    private static IntegerRange signed(int bits) {
        BigInteger half = BigInteger.TWO.pow(bits - 1);
        return new IntegerRange(half.negate(), half.subtract(BigInteger.ONE));
    }

    private static IntegerRange unsigned(int bits) {
        return new IntegerRange(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
    }

    private static IntegerRange symmetric(int bits) {
        BigInteger limit = BigInteger.TWO.pow(bits);
        return new IntegerRange(limit.negate(), limit);
    }
}
