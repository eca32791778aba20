package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import io.llmschema.model.DocumentError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What JSON values may stand for scalars and values of enums. */
final class JsonScalars {
    static final String TYPE = "type";
    static final String RANGE = "range";
    static final String ENUM = "enum";
    static final String BASE64 = "base64";
    static final String UTF_8 = "utf-8";

    /** The most values of an enum that a sentence names. */
    private static final int MAX_LISTED = 10;

    /** Decimals are written a little beside a value at the end of a type's range; parsers allow for as much. */
    private static final BigDecimal TOLERANCE = new BigDecimal("1.000001");

    private static final BigDecimal MAX_FLOAT = BigDecimal.valueOf(3.402826869208755E38);
    private static final BigDecimal MAX_DOUBLE =
            BigDecimal.valueOf(Double.MAX_VALUE).multiply(TOLERANCE);
    private static final int MAX_DIGITS_OF_INTEGER = 20;

    private final DocumentErrors errors;

    JsonScalars(DocumentErrors errors) {
        this.errors = errors;
    }

    /** Checks a value that is not {@code null}, for a field that holds no messages. */
    void check(JsonNode value, FieldDescriptor field, Spot spot, Pointer at) {
        switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> checkInteger(value, field, "an integer of 32 bits", spot, at);
            case INT64, SINT64, SFIXED64 -> checkInteger(value, field, "an integer of 64 bits", spot, at);
            case UINT32, FIXED32 -> checkInteger(value, field, "an unsigned integer of 32 bits", spot, at);
            case UINT64, FIXED64 -> checkInteger(value, field, "an unsigned integer of 64 bits", spot, at);
            case FLOAT -> checkFloat(value, MAX_FLOAT, "a float", spot, at);
            case DOUBLE -> checkFloat(value, MAX_DOUBLE, "a double", spot, at);
            case BOOL -> {
                if (!value.isBoolean()) {
                    addType(value, "true or false", spot, at);
                }
            }
            case STRING -> checkString(value, spot, at);
            case BYTES -> checkBytes(value, spot, at);
            case ENUM -> checkEnum(value, field.getEnumType(), spot, at);
            case MESSAGE, GROUP -> throw new IllegalArgumentException("a message is no scalar");
        }
    }

    /** Checks a key, which is a string in JSON whatever it stands for. */
    void checkKey(String key, FieldDescriptor field, FieldDescriptor map, Pointer at) {
        Spot spot = new Spot.InMap(map, true);
        switch (field.getType()) {
            case STRING -> checkText(key, spot, at);
            case BOOL -> {
                if (!key.equals("true") && !key.equals("false")) {
                    add(at, spot, TYPE, spot.words() + " must be \"true\" or \"false\", but it is " + quoted(key));
                }
            }
            case INT32, INT64, UINT32, UINT64, SINT32, SINT64, FIXED32, FIXED64, SFIXED32, SFIXED64 -> {
                IntegerRange range = IntegerRange.of(field).orElseThrow();
                BigDecimal number = TextForms.number(key);
                if (number == null || !isIntegral(number)) {
                    add(at, spot, TYPE, spot.words() + " must be an integer in a string, but it is " + quoted(key));
                } else if (!contains(range, number)) {
                    addRange(range, quoted(key), spot, at);
                }
            }
            case FLOAT, DOUBLE, BYTES, ENUM, MESSAGE, GROUP ->
                throw new IllegalArgumentException("the language has no such keys");
        }
    }

    void checkString(JsonNode value, Spot spot, Pointer at) {
        if (value.isString()) {
            checkText(value.stringValue(), spot, at);
        } else {
            addType(value, "a string", spot, at);
        }
    }

    void checkText(String text, Spot spot, Pointer at) {
        if (!TextForms.isWellFormed(text)) {
            add(
                    at,
                    spot,
                    UTF_8,
                    spot.words() + " must be a text that UTF-8 can carry, but it has half a surrogate pair in it");
        }
    }

    void addType(JsonNode value, String wanted, Spot spot, Pointer at) {
        add(at, spot, TYPE, spot.words() + " must be " + wanted + ", but it is " + ShownJson.of(value));
    }

    void add(Pointer at, Spot spot, String keyword, String message) {
        add(at, spot.schemaPath(), keyword, message);
    }

    void add(Pointer at, String schemaPath, String keyword, String message) {
        errors.add(new DocumentError(pointer(at), schemaPath, keyword, message));
    }

    static String pointer(Pointer at) {
        return at.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
    }

    private void checkInteger(JsonNode value, FieldDescriptor field, String wanted, Spot spot, Pointer at) {
        IntegerRange range = IntegerRange.of(field).orElseThrow();
        BigDecimal number = number(value);
        if (number == null || !isIntegral(number)) {
            addType(value, wanted, spot, at);
        } else if (!contains(range, number)) {
            addRange(range, ShownJson.of(value), spot, at);
        }
    }

    private void addRange(IntegerRange range, String shown, Spot spot, Pointer at) {
        add(
                at,
                spot,
                RANGE,
                spot.words() + " must be between " + range.least() + " and " + range.greatest() + ", but it is "
                        + shown);
    }

    private void checkFloat(JsonNode value, BigDecimal greatest, String wanted, Spot spot, Pointer at) {
        if (value.isString() && isSpecial(value.stringValue())) {
            return;
        }
        BigDecimal number = number(value);
        if (number == null) {
            addType(value, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"", spot, at);
        } else if (number.abs().compareTo(greatest) > 0) {
            add(
                    at,
                    spot,
                    RANGE,
                    spot.words() + " must be within the range of " + wanted + ", but it is " + ShownJson.of(value));
        }
    }

    /** Whether a JSON number is one that a {@code double} holds. */
    static boolean isDouble(JsonNode number) {
        return number.isLong() || number.decimalValue().abs().compareTo(MAX_DOUBLE) <= 0;
    }

    private void checkBytes(JsonNode value, Spot spot, Pointer at) {
        if (!value.isString()) {
            addType(value, "bytes in base64, in a string", spot, at);
        } else if (!TextForms.isBase64(value.stringValue())) {
            add(at, spot, BASE64, spot.words() + " must be bytes in base64, but it is " + ShownJson.of(value));
        }
    }

    private void checkEnum(JsonNode value, EnumDescriptor type, Spot spot, Pointer at) {
        if (value.isString()) {
            if (type.findValueByName(value.stringValue()) == null) {
                List<String> names = type.getValues().stream()
                        .map(EnumValueDescriptor::getName)
                        .toList();
                addEnum(quoted(value.stringValue()), type, Resemblance.question(value.stringValue(), names), at);
            }
            return;
        }
        BigDecimal number = value.isNumber() ? number(value) : null;
        if (number == null || !isIntegral(number)) {
            addType(value, "the name of a value of enum " + Names.shortened(type.getFullName()), spot, at);
        } else if (number.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) < 0
                || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                || (type.isClosed() && type.findValueByNumber(number.intValue()) == null)) {
            addEnum(ShownJson.of(value), type, "", at);
        }
    }

    private void addEnum(String shown, EnumDescriptor type, String question, Pointer at) {
        int others = type.getValues().size() - MAX_LISTED;
        String names = type.getValues().stream()
                .limit(MAX_LISTED)
                .map(value -> Names.shortened(value.getName()))
                .collect(Collectors.joining(", "));
        add(
                at,
                type.getFullName(),
                ENUM,
                shown + " is not a value of enum " + Names.shortened(type.getFullName()) + "; its values are " + names
                        + (others > 0 ? " and " + others + " more" : "") + question);
    }

    private static boolean isSpecial(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    /** The number that a value is, or holds as a string; null if it is none. */
    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isLong()) {
            return BigDecimal.valueOf(value.longValue());
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        return value.isString() ? TextForms.number(value.stringValue()) : null;
    }

    private static boolean isIntegral(BigDecimal number) {
        return number.signum() == 0
                || number.scale() <= 0
                || number.stripTrailingZeros().scale() <= 0;
    }

    /** Whether a whole number is in a range; without writing out one with a power of ten of a billion. */
    private static boolean contains(IntegerRange range, BigDecimal number) {
        if (number.signum() == 0) {
            return range.contains(BigInteger.ZERO);
        }
        return (long) number.precision() - number.scale() <= MAX_DIGITS_OF_INTEGER
                && range.contains(number.toBigIntegerExact());
    }

    private static String quoted(String text) {
        return "'" + Names.shortened(text) + "'";
    }
}
