package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text between two quotation marks: collects what it says, and writes it back uniformly. */
final class StringLiteral {
    private final ByteString.Output bytes = ByteString.newOutput();

    ByteString bytes() {
        return bytes.toByteString();
    }

    /** Adds the character at that offset, and says where the next one begins. */
    int addCharacter(String text, int at) {
        int codePoint = text.codePointAt(at);
        addCodePoint(codePoint);
        return at + Character.charCount(codePoint);
    }

    /** Adds what the backslash at that offset means, and says where the next character begins. */
    int addEscape(String text, int at, Place place) throws SyntaxError {
        char letter = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        int simple = "abfnrtv\\'\"?".indexOf(letter);
        if (simple >= 0) {
            bytes.write("\u0007\b\f\n\r\t\u000B\\'\"?".charAt(simple));
            return at + 2;
        }
        if (letter >= '0' && letter <= '7') {
            int end = endOfDigits(text, at + 1, 3, 8);
            int value = Integer.parseInt(text, at + 1, end, 8);
            if (value > 0xFF) {
                throw new SyntaxError(place, "the escape \\" + text.substring(at + 1, end) + " is larger than a byte");
            }
            bytes.write(value);
            return end;
        }
        if (letter == 'x' || letter == 'X') {
            int end = endOfDigits(text, at + 2, 2, 16);
            if (end > at + 2) {
                bytes.write(Integer.parseInt(text, at + 2, end, 16));
                return end;
            }
        }
        if (letter == 'u' || letter == 'U') {
            return addUnicodeEscape(text, at, letter == 'u' ? 4 : 8, place);
        }
        throw new SyntaxError(place, "there is no such escape in a string; a backslash itself is written \\\\");
    }

    private int addUnicodeEscape(String text, int at, int digits, Place place) throws SyntaxError {
        int end = endOfDigits(text, at + 2, digits, 16);
        if (end != at + 2 + digits) {
            throw new SyntaxError(
                    place, "the escape \\" + text.charAt(at + 1) + " needs " + digits + " hexadecimal digits");
        }
        long codePoint = Long.parseLong(text, at + 2, end, 16);
        if (codePoint > Character.MAX_CODE_POINT) {
            throw new SyntaxError(place, "there is no such character; the last one is U+10FFFF");
        }
        if (Character.isHighSurrogate((char) codePoint) && codePoint <= 0xFFFF && text.startsWith("\\u", end)) {
            int endOfPair = endOfDigits(text, end + 2, 4, 16);
            char low = endOfPair == end + 6 ? (char) Integer.parseInt(text, end + 2, endOfPair, 16) : '\0';
            if (Character.isLowSurrogate(low)) {
                addCodePoint(Character.toCodePoint((char) codePoint, low));
                return endOfPair;
            }
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new SyntaxError(place, "half of a surrogate pair is no character");
        }
        addCodePoint((int) codePoint);
        return end;
    }

    private void addCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            bytes.write(codePoint);
        } else {
            byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            bytes.write(encoded, 0, encoded.length);
        }
    }

    private static int endOfDigits(String text, int from, int atMost, int radix) {
        int end = from;
        while (end < text.length()
                && end < from + atMost
                && text.charAt(end) < 0x80
                && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    /** The bytes as a string of the language: readable where they are text, in octal escapes where they are not. */
    static String quoted(ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            return "\"" + TextFormat.escapeBytes(bytes) + "\"";
        }
        StringBuilder quoted = new StringBuilder("\"");
        bytes.toStringUtf8().codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F) {
                        quoted.append(String.format(Locale.ROOT, "\\%03o", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
