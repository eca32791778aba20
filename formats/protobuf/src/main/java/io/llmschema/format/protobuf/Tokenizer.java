package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.List;

/** Cuts a text into tokens, one at a time. */
final class Tokenizer {
    private final String text;
    private int at;
    private int line = 1;
    private int column = 1;
    private int lineOfTokenBefore;

    Tokenizer(String text) {
        this.text = text;
    }

    /** The next token; at the end of the text {@link Token.Kind#END}, again and again. */
    Token next() throws SyntaxError {
        List<String> documentation = skipBlanks();
        Place start = place();
        int from = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", ByteString.EMPTY, start, documentation);
        }
        char c = text.charAt(at);
        Token.Kind kind;
        ByteString string = ByteString.EMPTY;
        if (Names.startsName(c)) {
            while (at < text.length() && Names.continuesName(text.charAt(at))) {
                step();
            }
            kind = Token.Kind.NAME;
        } else if (Names.isDigit(c) || (c == '.' && Names.isDigit(peek(1)))) {
            kind = number(start);
        } else if (c == '"' || c == '\'') {
            string = string(c, start);
            kind = Token.Kind.STRING;
        } else if (c > ' ' && c < 0x7F) {
            step();
            kind = Token.Kind.SIGN;
        } else {
            throw new SyntaxError(
                    start,
                    "the character U+%04X has no meaning outside strings and comments".formatted(text.codePointAt(at)));
        }
        lineOfTokenBefore = line;
        return new Token(kind, text.substring(from, at), string, start, documentation);
    }

    private List<String> skipBlanks() throws SyntaxError {
        Comments comments = new Comments(lineOfTokenBefore);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                step();
            } else if (c == '/' && peek(1) == '/') {
                lineComment(comments);
            } else if (c == '/' && peek(1) == '*') {
                blockComment(comments);
            } else {
                break;
            }
        }
        return comments.documenting(line);
    }

    private void lineComment(Comments comments) {
        int commentLine = line;
        int end = text.indexOf('\n', at);
        String comment = text.substring(at + 2, end < 0 ? text.length() : end);
        stepTo(end < 0 ? text.length() : end);
        comments.addLine(commentLine, comment);
    }

    private void blockComment(Comments comments) throws SyntaxError {
        Place start = place();
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new SyntaxError(start, "the comment that begins here does not end; close it with */");
        }
        String comment = text.substring(at + 2, end);
        stepTo(end + 2);
        comments.addBlock(start.line(), line, comment);
    }

    private Token.Kind number(Place start) throws SyntaxError {
        boolean isHexadecimal = text.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X');
        boolean isDecimal = false;
        int from = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean isExponent = !isHexadecimal && (c == 'e' || c == 'E');
            if (isExponent && (peek(1) == '+' || peek(1) == '-')) {
                step();
            } else if (c != '.' && !Names.continuesName(c)) {
                break;
            }
            isDecimal |= isExponent || c == '.';
            step();
        }
        String number = text.substring(from, at);
        if (isDecimal ? !Numbers.isDecimal(number) : !Numbers.isWhole(number)) {
            throw new SyntaxError(start, "'" + Names.shortened(number) + "' is not a number");
        }
        return isDecimal ? Token.Kind.DECIMAL : Token.Kind.WHOLE;
    }

    private ByteString string(char quote, Place start) throws SyntaxError {
        step();
        StringLiteral literal = new StringLiteral();
        while (true) {
            char c = at < text.length() ? text.charAt(at) : '\n';
            if (c == '\n') {
                throw new SyntaxError(
                        start,
                        "the string that begins here does not end on its line; close it with " + quote
                                + ", and write a line break as \\n");
            }
            if (c == quote) {
                step();
                return literal.bytes();
            }
            if (c == '\0') {
                throw new SyntaxError(place(), "a string may not contain the character U+0000; write \\0");
            }
            stepTo(c == '\\' ? literal.addEscape(text, at, place()) : literal.addCharacter(text, at));
        }
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private Place place() {
        return new Place(line, column);
    }

    private void stepTo(int end) {
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
    }

    private void step() {
        stepTo(at + 1);
    }
}
