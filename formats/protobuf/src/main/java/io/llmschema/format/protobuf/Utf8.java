package io.llmschema.format.protobuf;

/** Whether bytes are text. */
final class Utf8 {
    private Utf8() {}

    /** Whether some of the bytes are well-formed UTF-8: no longer than need be, no surrogates, nothing beyond U+10FFFF. */
    static boolean isWellFormed(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int first = bytes[at++] & 0xFF;
            if (first < 0x80) {
                continue;
            }
            int further = first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
            if (further < 0 || further > end - at) {
                return false;
            }
            int second = bytes[at] & 0xFF;
            boolean isSecondRight = switch (first) {
                case 0xE0 -> second >= 0xA0;
                case 0xED -> second < 0xA0;
                case 0xF0 -> second >= 0x90;
                case 0xF4 -> second < 0x90;
                default -> true;
            };
            if (!isSecondRight) {
                return false;
            }
            for (int i = 0; i < further; i++) {
                if ((bytes[at++] & 0xC0) != 0x80) {
                    return false;
                }
            }
        }
        return true;
    }
}
