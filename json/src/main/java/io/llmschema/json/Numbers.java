package io.llmschema.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How numbers are read and spelt: exactly, and with one spelling for each value. */
final class Numbers {
    /** Between these powers of ten a number is written out, as ECMAScript and RFC 8785 do. */
    private static final int SMALLEST_PLAIN_POWER = -7;

    private static final int LARGEST_PLAIN_POWER = 20;

    private Numbers() {}

    /** The value of a number as JSON spells it; null where its power of ten is beyond {@link JsonText#MAX_EXPONENT_DIGITS}. */
    static @Nullable BigDecimal decimal(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 0) {
            return new BigDecimal(text);
        }
        BigDecimal mantissa = new BigDecimal(text.substring(0, e));
        if (mantissa.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int start = e + 1;
        boolean negative = text.charAt(start) == '-';
        if (negative || text.charAt(start) == '+') {
            start++;
        }
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        if (text.length() - start > JsonText.MAX_EXPONENT_DIGITS) {
            return null;
        }
        int power = Integer.parseInt(text, start, text.length(), 10);
        return mantissa.scaleByPowerOfTen(negative ? -power : power);
    }

    /** The one spelling of a value: {@code 1}, {@code 0.5}, {@code 1e+21}, {@code 2.5e-8}. Never longer than its digits need. */
    static String spelling(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        long power = (long) stripped.precision() - stripped.scale() - 1;
        if (power >= SMALLEST_PLAIN_POWER && power <= LARGEST_PLAIN_POWER) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        return (stripped.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (power < 0 ? "e-" : "e+")
                + Math.abs(power);
    }
}
