package io.llmschema.cli;

/**
 * Text from files and registries made fit for terminals and XML: what neither can hold stands there as {@code \}{@code uXXXX}.
 *
 * <p>A terminal would obey control characters, and XML 1.0 cannot hold most of them, nor one half of a character.
 */
final class VisibleText {
    private VisibleText() {}

    /** The text with its lines and tabs as they are. */
    static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isFit(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append("\\u%04X".formatted(c));
            }
        });
        return visible.toString();
    }

    /** The text on one line. */
    static String onOneLine(String text) {
        return of(text.replaceAll("\\s*\\R\\s*", " ").replace('\t', ' '));
    }

    private static boolean isFit(int c) {
        boolean isControl = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
        boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !isControl && !isHalf && (c & 0xFFFE) != 0xFFFE;
    }
}
