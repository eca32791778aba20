package io.llmschema.format.protobuf;

import java.util.Locale;
import java.util.regex.Pattern;

/** The numbers of the language: how they are written, read, and written uniformly. */
final class Numbers {
    /** The largest number that a field may have. */
    static final int MAX_FIELD_NUMBER = 536_870_911;

    private static final Pattern WHOLE = Pattern.compile("0[xX][0-9a-fA-F]++|0[0-7]*+|[1-9][0-9]*+");
    private static final Pattern DECIMAL = Pattern.compile("([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    /** More digits than any whole number of 64 bits has, so that a very long one costs nothing to refuse. */
    private static final int MANY_DIGITS = 24;

    private Numbers() {}

    static boolean isWhole(String text) {
        return WHOLE.matcher(text).matches();
    }

    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /** Whether it is at most 2⁶⁴ - 1. */
    static boolean fits(String whole) {
        try {
            unsigned(whole);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /** The value of a whole number, as 64 bits without a sign; {@link NumberFormatException} if it does not fit. */
    static long unsigned(String whole) {
        int radix = 10;
        int from = 0;
        if (whole.startsWith("0x") || whole.startsWith("0X")) {
            radix = 16;
            from = 2;
        } else if (whole.startsWith("0")) {
            radix = 8;
        }
        while (from < whole.length() - 1 && whole.charAt(from) == '0') {
            from++;
        }
        if (whole.length() - from > MANY_DIGITS) {
            throw new NumberFormatException(Names.shortened(whole));
        }
        return Long.parseUnsignedLong(whole, from, whole.length(), radix);
    }

    /** The nearest {@code double}, the way every {@code double} is written: {@code 1.5}, {@code 2.0}, {@code inf}. */
    static String written(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.toString(value);
    }

    /** As {@link #written(double)}, but in the style of the C library, which descriptors use for default values. */
    static String inDescriptor(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        return exponentOfC(written(value));
    }

    /** As {@link #inDescriptor(double)}, with the digits that a {@code float} needs. */
    static String inDescriptor(float value) {
        if ((value == Math.rint(value) && Math.abs(value) < 1e6f) || Float.isNaN(value) || Float.isInfinite(value)) {
            return inDescriptor((double) value);
        }
        return exponentOfC(Float.toString(value));
    }

    private static String exponentOfC(String java) {
        int e = java.indexOf('E');
        if (e < 0) {
            return java;
        }
        String digits = java.substring(0, e);
        int exponent = Integer.parseInt(java.substring(e + 1));
        String mantissa = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        return String.format(Locale.ROOT, "%se%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
