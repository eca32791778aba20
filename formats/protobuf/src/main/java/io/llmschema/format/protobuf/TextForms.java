package io.llmschema.format.protobuf;

import io.llmschema.json.JsonText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms that the JSON mapping gives to texts which stand for something else: numbers, bytes, times, masks. */
final class TextForms {
    /** The most characters of a number in a string, the same as in JSON itself. */
    private static final int MAX_NUMBER = JsonText.MAX_NUMBER_LENGTH;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?");
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T"
            + "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]{1,9})?(?:Z|([+-])([0-9]{2}):([0-9]{2}))");
    private static final Pattern DURATION = Pattern.compile("-?([0-9]{1,18})(\\.[0-9]{1,9})?s");

    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;

    /** What a {@code Duration} may last, about 10,000 years. */
    private static final BigDecimal MAX_SECONDS = new BigDecimal("315576000000.999999999");

    private TextForms() {}

    /** The number that a string holds, spelt as in JSON; null if it holds none. */
    static @Nullable BigDecimal number(String text) {
        return text.length() <= MAX_NUMBER && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Whether a text can be written as UTF-8, which half a surrogate pair cannot. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether a text is bytes in base64, in the standard or the URL-safe alphabet, with or without padding. */
    static boolean isBase64(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        int padding = text.length() - end;
        boolean isStandard = false;
        boolean isUrlSafe = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            isStandard |= c == '+' || c == '/';
            isUrlSafe |= c == '-' || c == '_';
            if (!isAlphanumeric(c) && "+/-_".indexOf(c) < 0) {
                return false;
            }
        }
        int rest = end % 4;
        boolean isPaddedRight = padding == 0 || rest + padding == 4;
        return !(isStandard && isUrlSafe) && rest != 1 && isPaddedRight;
    }

    /** What is wrong with a text as a point in time; null if nothing is. */
    static @Nullable String timestampProblem(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) {
            return "must be a time as in \"2024-01-31T12:30:00.5Z\" or \"2024-01-31T12:30:00+02:00\"";
        }
        int offsetHours = parts.group(7) == null ? 0 : integer(parts, 8);
        int offsetMinutes = parts.group(7) == null ? 0 : integer(parts, 9);
        if (offsetHours > 23 || offsetMinutes > 59) {
            return "must have an offset from UTC between -23:59 and +23:59";
        }
        int offset = (offsetHours * 60 + offsetMinutes) * 60;
        try {
            long second = LocalDateTime.of(
                                    integer(parts, 1),
                                    integer(parts, 2),
                                    integer(parts, 3),
                                    integer(parts, 4),
                                    integer(parts, 5),
                                    integer(parts, 6))
                            .toEpochSecond(ZoneOffset.UTC)
                    + ("-".equals(parts.group(7)) ? offset : -offset);
            return second < FIRST_SECOND || second > LAST_SECOND
                    ? "must be a time between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z"
                    : null;
        } catch (DateTimeException _) {
            return "must be a date and time that exist";
        }
    }

    /** What is wrong with a text as a length of time; null if nothing is. */
    static @Nullable String durationProblem(String text) {
        if (!DURATION.matcher(text).matches()) {
            return "must be seconds as in \"3.5s\", with at most nine decimal places";
        }
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return seconds.abs().compareTo(MAX_SECONDS) > 0 ? "must be at most 315576000000 seconds" : null;
    }

    /** Whether a text is the paths of a mask; underscores would not come back as they were. */
    static boolean isFieldMask(String text) {
        return text.indexOf('_') < 0;
    }

    private static int integer(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
