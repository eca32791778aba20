package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * One word, number, string or sign of a text.
 *
 * @param text as written
 * @param string what a string token says, after its escapes; empty for the others
 * @param documentation the lines of the comment that stands directly above; empty if there is none
 */
record Token(Kind kind, String text, ByteString string, Place place, List<String> documentation) {
    enum Kind {
        NAME,
        WHOLE,
        DECIMAL,
        STRING,
        SIGN,
        END
    }

    boolean is(String word) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(word);
    }

    /** The token as a sentence names it. */
    String shown() {
        return switch (kind) {
            case NAME, WHOLE, DECIMAL, SIGN -> "'" + Names.shortened(text) + "'";
            case STRING -> "a string";
            case END -> "the end of the text";
        };
    }
}
