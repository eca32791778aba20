package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Reads options and the values they are set to. */
final class OptionParser {
    private final TokenCursor cursor;

    OptionParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** {@code option name = value;} of which the first word has been read. */
    OptionSetting statement() throws SyntaxError {
        OptionSetting option = setting();
        cursor.need(";", "after the option");
        return option;
    }

    /** {@code [name = value, …]} if it is there; empty otherwise. */
    List<OptionSetting> bracketed() throws SyntaxError {
        List<OptionSetting> options = new ArrayList<>();
        if (cursor.eat("[")) {
            do {
                options.add(setting());
            } while (cursor.eat(","));
            cursor.need("]", "after the options");
        }
        return options;
    }

    private OptionSetting setting() throws SyntaxError {
        List<OptionName> name = new ArrayList<>();
        do {
            // Each dot leads into a message, just as a brace does.
            cursor.enter();
            name.add(namePart());
        } while (cursor.eat("."));
        cursor.need("=", "after the name of the option");
        OptionValue value = value();
        name.forEach(_ -> cursor.leave());
        return new OptionSetting(List.copyOf(name), value);
    }

    private OptionName namePart() throws SyntaxError {
        Place place = cursor.place();
        if (!cursor.eat("(")) {
            return new OptionName(cursor.name("the name of an option").text(), false, place);
        }
        Written extension = cursor.dottedName("the name of an extension");
        cursor.need(")", "after the name of the extension");
        return new OptionName(extension.text(), true, extension.place());
    }

    private OptionValue value() throws SyntaxError {
        return cursor.is("{") ? aggregate("}") : scalar();
    }

    private OptionValue scalar() throws SyntaxError {
        Place place = cursor.place();
        if (cursor.is(Token.Kind.STRING)) {
            ByteString bytes = cursor.string("a string");
            return new OptionValue.Text(place, bytes);
        }
        boolean isNegative = cursor.eat("-");
        Token token = cursor.current();
        OptionValue value = switch (token.kind()) {
            case NAME -> word(place, isNegative, token);
            case WHOLE -> whole(place, isNegative, token.text());
            case DECIMAL -> decimal(place, isNegative, token.text());
            case STRING, SIGN, END -> throw cursor.expected("a value");
        };
        cursor.advance();
        return value;
    }

    private static OptionValue word(Place place, boolean isNegative, Token token) throws SyntaxError {
        if (isNegative && !token.text().equals("inf") && !token.text().equals("nan")) {
            throw new SyntaxError(token.place(), "expected a number after '-' but found " + token.shown());
        }
        return new OptionValue.Word(place, isNegative, token.text());
    }

    private static OptionValue whole(Place place, boolean isNegative, String text) throws SyntaxError {
        if (Numbers.fits(text)) {
            return new OptionValue.Integral(place, isNegative, Numbers.unsigned(text));
        }
        if (text.startsWith("0")) {
            throw new SyntaxError(place, "this number does not fit into 64 bits");
        }
        return decimal(place, isNegative, text);
    }

    private static OptionValue decimal(Place place, boolean isNegative, String text) {
        double magnitude = Double.parseDouble(text);
        return new OptionValue.Decimal(place, isNegative ? -magnitude : magnitude);
    }

    private OptionValue aggregate(String close) throws SyntaxError {
        Place place = cursor.place();
        cursor.advance();
        cursor.enter();
        List<OptionValue.Entry> entries = new ArrayList<>();
        while (!cursor.eat(close)) {
            entries.add(entry());
            if (!cursor.eat(",")) {
                cursor.eat(";");
            }
        }
        cursor.leave();
        return new OptionValue.Aggregate(place, List.copyOf(entries));
    }

    private OptionValue.Entry entry() throws SyntaxError {
        OptionName name = entryName();
        boolean hasColon = cursor.eat(":");
        if (cursor.is("{")) {
            return new OptionValue.Entry(name, aggregate("}"));
        }
        if (cursor.is("<")) {
            return new OptionValue.Entry(name, aggregate(">"));
        }
        if (cursor.is("[")) {
            return new OptionValue.Entry(name, many());
        }
        if (!hasColon) {
            throw cursor.expected("':' after the name of the field");
        }
        return new OptionValue.Entry(name, scalar());
    }

    private OptionName entryName() throws SyntaxError {
        Place place = cursor.place();
        if (!cursor.eat("[")) {
            return new OptionName(cursor.name("the name of a field, or '}'").text(), false, place);
        }
        StringBuilder name =
                new StringBuilder(cursor.dottedName("the name of an extension").text());
        while (cursor.is("/") || cursor.is("-")) {
            name.append(cursor.current().text());
            cursor.advance();
            name.append(cursor.dottedName("the name of a type").text());
        }
        cursor.need("]", "after the name of the extension");
        return new OptionName(name.toString(), true, place);
    }

    private OptionValue many() throws SyntaxError {
        Place place = cursor.place();
        cursor.advance();
        cursor.enter();
        List<OptionValue> values = new ArrayList<>();
        while (!cursor.eat("]")) {
            if (!values.isEmpty()) {
                cursor.need(",", "or ']' after the value");
            }
            values.add(cursor.is("{") ? aggregate("}") : cursor.is("<") ? aggregate(">") : scalar());
        }
        cursor.leave();
        return new OptionValue.Many(place, List.copyOf(values));
    }
}
