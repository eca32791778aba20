package io.llmschema.format;

import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The first step of every format: from bytes to text, refusing what is not text. */
public sealed interface SchemaText {
    String BYTE_ORDER_MARK = "\uFEFF";

    /** The bytes are well-formed UTF-8 and not blank. A byte order mark, which some editors write, is left out of the text. */
    record Readable(String text) implements SchemaText {}

    /** The bytes are no text, or a blank one. */
    record Unreadable(Violation violation) implements SchemaText {}

    static SchemaText decode(SchemaContent content) {
        byte[] bytes = content.bytes();
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            return new Unreadable(violationAt(
                    text, text.length(), "byte 0x%02X is not well-formed UTF-8".formatted(bytes[in.position()])));
        }
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return text.isBlank() ? new Unreadable(Violation.ofWhole("the schema is empty")) : new Readable(text);
    }

    /** A violation at an offset, counted in {@code char}s, told as line and column. */
    static Violation violationAt(String text, int offset, String reason) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return Violation.atLine(line, text.codePointCount(lineStart, offset) + 1, reason);
    }
}
