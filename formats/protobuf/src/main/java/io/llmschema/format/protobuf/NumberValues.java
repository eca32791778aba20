package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.llmschema.format.protobuf.Encoding.Element;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** The numbers that values of fields stand for. */
final class NumberValues {
    private NumberValues() {}

    /** The whole number that a value is; of an enum its number, of a bool 0 or 1; empty for what is no whole number. */
    static Optional<BigInteger> integer(Element element) {
        return switch (element.field().getType()) {
            case INT32, SINT32, SFIXED32, INT64, SINT64, SFIXED64 ->
                Optional.of(BigInteger.valueOf(((Number) element.value()).longValue()));
            case UINT32, FIXED32 -> Optional.of(BigInteger.valueOf(Integer.toUnsignedLong((Integer) element.value())));
            case UINT64, FIXED64 -> Optional.of(new BigInteger(Long.toUnsignedString((Long) element.value())));
            case BOOL -> Optional.of((Boolean) element.value() ? BigInteger.ONE : BigInteger.ZERO);
            case ENUM -> Optional.of(BigInteger.valueOf(((EnumValueDescriptor) element.value()).getNumber()));
            case FLOAT, DOUBLE, STRING, BYTES, MESSAGE, GROUP -> Optional.empty();
        };
    }

    /** The exact number that a value with or without a fraction is; empty for infinities and what is no number. */
    static Optional<BigDecimal> decimal(Element element) {
        if (element.value() instanceof Float || element.value() instanceof Double) {
            double value = ((Number) element.value()).doubleValue();
            return Double.isFinite(value) ? Optional.of(new BigDecimal(value)) : Optional.empty();
        }
        return integer(element).map(BigDecimal::new);
    }

    /** The value as a field's type holds it. */
    static Object toValue(FieldDescriptor field, BigInteger number) {
        return switch (field.getJavaType()) {
            case INT -> number.intValue();
            case LONG -> number.longValue();
            case FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE ->
                throw new IllegalArgumentException(field.getFullName() + " holds no whole numbers");
        };
    }
}
