package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import io.llmschema.format.SchemaFormat;
import org.jspecify.annotations.Nullable;

/** A reader's finger on the tokens of a text: the current one, and the small phrases that everything is made of. */
final class TokenCursor {
    private final Tokenizer tokenizer;
    private Token current;
    private @Nullable Token following;
    private int depth;

    TokenCursor(String text) throws SyntaxError {
        tokenizer = new Tokenizer(text);
        current = tokenizer.next();
    }

    Token current() {
        return current;
    }

    Token following() throws SyntaxError {
        if (following == null) {
            following = tokenizer.next();
        }
        return following;
    }

    Place place() {
        return current.place();
    }

    void advance() throws SyntaxError {
        current = following();
        following = null;
    }

    boolean is(String word) {
        return current.is(word);
    }

    boolean is(Token.Kind kind) {
        return current.kind() == kind;
    }

    /** Passes over the word if it is the current token. */
    boolean eat(String word) throws SyntaxError {
        if (!current.is(word)) {
            return false;
        }
        advance();
        return true;
    }

    void skipEmptyStatements() throws SyntaxError {
        while (current.is(";")) {
            advance();
        }
    }

    /** Passes over the brace that closes a block, and the empty statements before it, if nothing else is left. */
    boolean eatEndOfBlock() throws SyntaxError {
        skipEmptyStatements();
        return eat("}");
    }

    /** Passes over the word, which must be there. */
    void need(String word, String where) throws SyntaxError {
        if (!eat(word)) {
            throw expected("'" + word + "' " + where);
        }
    }

    SyntaxError expected(String what) {
        return new SyntaxError(current.place(), "expected " + what + " but found " + current.shown());
    }

    /** Called on the way into braces, brackets or a group. */
    void enter() throws SyntaxError {
        if (++depth > SchemaFormat.MAX_DEPTH) {
            throw new SyntaxError(place(), "nested more than " + SchemaFormat.MAX_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    Written name(String what) throws SyntaxError {
        if (!is(Token.Kind.NAME)) {
            throw expected(what);
        }
        Written name = new Written(current.text(), place());
        advance();
        return name;
    }

    /** A name with dots, perhaps one in front. */
    Written dottedName(String what) throws SyntaxError {
        Place start = place();
        StringBuilder text = new StringBuilder();
        if (eat(".")) {
            text.append('.');
        }
        text.append(name(what).text());
        while (eat(".")) {
            text.append('.').append(name("a name after the dot").text());
        }
        if (text.length() > Names.MAX_FULL_NAME) {
            throw new SyntaxError(start, "a name may have at most " + Names.MAX_FULL_NAME + " characters");
        }
        return new Written(text.toString(), start);
    }

    /** One string or several in a row, which are one. */
    ByteString string(String what) throws SyntaxError {
        if (!is(Token.Kind.STRING)) {
            throw expected(what);
        }
        ByteString.Output bytes = ByteString.newOutput();
        while (is(Token.Kind.STRING)) {
            byte[] part = current.string().toByteArray();
            bytes.write(part, 0, part.length);
            advance();
        }
        return bytes.toByteString();
    }

    /** A string that is text. */
    Written text(String what) throws SyntaxError {
        Place start = place();
        ByteString bytes = string(what);
        if (!bytes.isValidUtf8()) {
            throw new SyntaxError(start, "this string has to be UTF-8, but its escapes make other bytes");
        }
        return new Written(bytes.toStringUtf8(), start);
    }

    /** A whole number, perhaps negative. */
    Whole whole(String what) throws SyntaxError {
        Place start = place();
        boolean isNegative = eat("-");
        if (!is(Token.Kind.WHOLE)) {
            throw expected(what);
        }
        String digits = current.text();
        advance();
        long magnitude = Numbers.fits(digits) ? Numbers.unsigned(digits) : -1;
        long clamped = magnitude < 0 ? Long.MAX_VALUE : magnitude;
        return new Whole(isNegative ? -clamped : clamped, start);
    }
}
