package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.Declaration.Body;
import io.llmschema.format.protobuf.Declaration.Label;
import io.llmschema.format.protobuf.Declaration.Range;
import io.llmschema.format.protobuf.Declaration.ReservedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what stands between the braces of messages, groups, oneofs and extends. */
final class MessageParser {
    private final TokenCursor cursor;
    private final OptionParser optionParser;
    private final Parser parser;

    MessageParser(TokenCursor cursor, OptionParser optionParser, Parser parser) {
        this.cursor = cursor;
        this.optionParser = optionParser;
        this.parser = parser;
    }

    Body body(String what) throws SyntaxError {
        List<OptionSetting> options = new ArrayList<>();
        List<Declaration> members = new ArrayList<>();
        cursor.need("{", "for the content of " + what);
        cursor.enter();
        while (!cursor.eatEndOfBlock()) {
            if (cursor.eat("option")) {
                options.add(optionParser.statement());
            } else {
                members.add(member());
            }
        }
        cursor.leave();
        return new Body(List.copyOf(options), List.copyOf(members));
    }

    private Declaration member() throws SyntaxError {
        List<String> documentation = cursor.current().documentation();
        if (parser.isDeclarationOfType()) {
            return parser.declarationOfType();
        }
        if (cursor.eat("oneof")) {
            return oneof(documentation);
        }
        if (cursor.eat("extend")) {
            return extend(documentation);
        }
        if (cursor.eat("reserved")) {
            return reserved(documentation, Numbers.MAX_FIELD_NUMBER);
        }
        if (cursor.is("extensions")) {
            return extensions(documentation);
        }
        return field();
    }

    private Declaration oneof(List<String> documentation) throws SyntaxError {
        Written name = cursor.name("the name of the oneof");
        List<OptionSetting> options = new ArrayList<>();
        List<Declaration> fields = new ArrayList<>();
        cursor.need("{", "after the name of the oneof");
        while (!cursor.eatEndOfBlock()) {
            if (cursor.eat("option")) {
                options.add(optionParser.statement());
            } else {
                fields.add(field());
            }
        }
        return new Declaration.Oneof(documentation, name, new Body(List.copyOf(options), List.copyOf(fields)));
    }

    Declaration extend(List<String> documentation) throws SyntaxError {
        Written extendee = cursor.dottedName("the name of the message that is extended");
        List<Declaration.Field> fields = new ArrayList<>();
        cursor.need("{", "after the name of the extended message");
        while (!cursor.eatEndOfBlock()) {
            fields.add(field());
        }
        return new Declaration.Extend(documentation, extendee, List.copyOf(fields));
    }

    private Declaration.Field field() throws SyntaxError {
        List<String> documentation = cursor.current().documentation();
        Label label = label();
        if (cursor.is("group") && cursor.following().kind() == Token.Kind.NAME) {
            return group(documentation, label);
        }
        FieldType type = type();
        Written name = cursor.name("the name of the field");
        cursor.need("=", "and a number after the name of the field");
        Whole number = cursor.whole("the number of the field");
        List<OptionSetting> options = optionParser.bracketed();
        cursor.need(";", "after the field");
        return new Declaration.Field(documentation, label, type, name, number, List.copyOf(options));
    }

    private @Nullable Label label() throws SyntaxError {
        if (cursor.eat("optional")) {
            return Label.OPTIONAL;
        }
        if (cursor.eat("required")) {
            return Label.REQUIRED;
        }
        return cursor.eat("repeated") ? Label.REPEATED : null;
    }

    private FieldType type() throws SyntaxError {
        Place place = cursor.place();
        if (cursor.is("map") && cursor.following().is("<")) {
            cursor.advance();
            cursor.advance();
            Written key = cursor.dottedName("the type of the keys");
            cursor.need(",", "between the types of keys and values");
            Written value = cursor.dottedName("the type of the values");
            cursor.need(">", "after the type of the values");
            return new FieldType.MapOf(place, key, value);
        }
        return new FieldType.Plain(cursor.dottedName("a field, or '}'"));
    }

    private Declaration.Field group(List<String> documentation, @Nullable Label label) throws SyntaxError {
        Place place = cursor.place();
        cursor.advance();
        Written name = cursor.name("the name of the group");
        if (!Character.isUpperCase(name.text().charAt(0))) {
            throw new SyntaxError(name.place(), "the name of a group begins with a capital letter");
        }
        cursor.need("=", "and a number after the name of the group");
        Whole number = cursor.whole("the number of the group");
        List<OptionSetting> options = optionParser.bracketed();
        Body body = body("the group");
        Written fieldName = new Written(name.text().toLowerCase(Locale.ROOT), name.place());
        return new Declaration.Field(
                documentation, label, new FieldType.Group(place, name, body), fieldName, number, List.copyOf(options));
    }

    /** @param max what the word {@code max} means */
    Declaration reserved(List<String> documentation, int max) throws SyntaxError {
        List<Range> ranges = new ArrayList<>();
        List<ReservedName> names = new ArrayList<>();
        boolean isOfNames = cursor.is(Token.Kind.STRING) || cursor.is(Token.Kind.NAME);
        do {
            if (!isOfNames) {
                ranges.add(range(max));
            } else if (cursor.is(Token.Kind.STRING)) {
                names.add(new ReservedName(cursor.text("a reserved name"), true));
            } else {
                names.add(new ReservedName(cursor.name("a reserved name"), false));
            }
        } while (cursor.eat(","));
        cursor.need(";", "after what is reserved");
        return new Declaration.Reserved(documentation, List.copyOf(ranges), List.copyOf(names));
    }

    private Declaration extensions(List<String> documentation) throws SyntaxError {
        Place place = cursor.place();
        cursor.advance();
        List<Range> ranges = new ArrayList<>();
        do {
            ranges.add(range(Numbers.MAX_FIELD_NUMBER));
        } while (cursor.eat(","));
        List<OptionSetting> options = optionParser.bracketed();
        cursor.need(";", "after the numbers of the extensions");
        return new Declaration.Extensions(documentation, List.copyOf(ranges), List.copyOf(options), place);
    }

    private Range range(int max) throws SyntaxError {
        Whole start = cursor.whole("a number");
        if (!cursor.eat("to")) {
            return new Range(start, start);
        }
        Place place = cursor.place();
        Whole end = cursor.eat("max") ? new Whole(max, place) : cursor.whole("a number or 'max'");
        return new Range(start, end);
    }
}
