package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import io.llmschema.format.protobuf.Declaration.Body;
import io.llmschema.format.protobuf.Declaration.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file into its syntax tree, by recursive descent.
 *
 * <p>It refuses what cannot be read; what can be read but is not allowed (a label, a number, a name) is left to those who check
 * the tree, because they can report several of them.
 */
final class Parser {
    private final TokenCursor cursor;
    private final OptionParser optionParser;
    private final MessageParser messageParser;

    private Parser(String text) throws SyntaxError {
        cursor = new TokenCursor(text);
        optionParser = new OptionParser(cursor);
        messageParser = new MessageParser(cursor, optionParser, this);
    }

    static ProtoFile parse(String text) throws SyntaxError {
        return new Parser(text).file();
    }

    private ProtoFile file() throws SyntaxError {
        Edition edition = edition();
        Written packageName = null;
        List<ProtoFile.Import> imports = new ArrayList<>();
        List<OptionSetting> options = new ArrayList<>();
        List<Declaration> declarations = new ArrayList<>();
        while (!cursor.is(Token.Kind.END)) {
            Place place = cursor.place();
            if (cursor.eat("package")) {
                if (packageName != null) {
                    throw new SyntaxError(
                            place, "a file has one package, and this one has been given it on " + packageName.place());
                }
                packageName = packageName();
            } else if (cursor.eat("import")) {
                imports.add(importStatement());
            } else if (cursor.eat("option")) {
                options.add(optionParser.statement());
            } else {
                declarations.add(declaration());
            }
            cursor.skipEmptyStatements();
        }
        return new ProtoFile(
                edition, packageName, List.copyOf(imports), List.copyOf(options), List.copyOf(declarations));
    }

    private Edition edition() throws SyntaxError {
        cursor.skipEmptyStatements();
        boolean isSyntax = cursor.is("syntax");
        if (!isSyntax && !cursor.is("edition")) {
            return Edition.EDITION_PROTO2;
        }
        String statement = cursor.current().text();
        cursor.advance();
        cursor.need("=", "after '" + statement + "'");
        Written written = cursor.text("the " + statement + " in quotation marks");
        cursor.need(";", "after the " + statement);
        cursor.skipEmptyStatements();
        return isSyntax ? editionOfSyntax(written) : editionOfYear(written);
    }

    private static Edition editionOfSyntax(Written written) throws SyntaxError {
        return switch (written.text()) {
            case "proto2" -> Edition.EDITION_PROTO2;
            case "proto3" -> Edition.EDITION_PROTO3;
            default ->
                throw new SyntaxError(
                        written.place(),
                        "there is no syntax \"" + Names.shortened(written.text())
                                + "\"; known are \"proto2\" and \"proto3\"");
        };
    }

    private static Edition editionOfYear(Written written) throws SyntaxError {
        return switch (written.text()) {
            case "2023" -> Edition.EDITION_2023;
            case "2024" -> Edition.EDITION_2024;
            default ->
                throw new SyntaxError(
                        written.place(),
                        "edition \"" + Names.shortened(written.text())
                                + "\" is not known here; known are \"2023\" and \"2024\"");
        };
    }

    private Written packageName() throws SyntaxError {
        Place place = cursor.place();
        if (cursor.is(".")) {
            throw cursor.expected("the name of the package");
        }
        Written name = cursor.dottedName("the name of the package");
        cursor.need(";", "after the package");
        if (name.text().length() > Names.MAX_FULL_NAME / 2) {
            throw new SyntaxError(
                    place, "the name of a package may have at most " + Names.MAX_FULL_NAME / 2 + " characters");
        }
        return name;
    }

    private ProtoFile.Import importStatement() throws SyntaxError {
        ProtoFile.Import.Kind kind = ProtoFile.Import.Kind.PLAIN;
        if (cursor.eat("public")) {
            kind = ProtoFile.Import.Kind.PUBLIC;
        } else if (cursor.eat("weak")) {
            kind = ProtoFile.Import.Kind.WEAK;
        } else if (cursor.eat("option")) {
            kind = ProtoFile.Import.Kind.OPTION;
        }
        Written path = cursor.text("the path of the imported file in quotation marks");
        cursor.need(";", "after the import");
        return new ProtoFile.Import(kind, path);
    }

    private Declaration declaration() throws SyntaxError {
        if (isDeclarationOfType()) {
            return declarationOfType();
        }
        Token first = cursor.current();
        if (cursor.eat("service")) {
            return service(first.documentation());
        }
        if (cursor.eat("extend")) {
            return messageParser.extend(first.documentation());
        }
        if (first.is("syntax") || first.is("edition")) {
            throw new SyntaxError(
                    first.place(), "'" + first.text() + "' is said once, and before everything else in the file");
        }
        throw cursor.expected("a message, an enum, a service, an extend, an import, a package or an option");
    }

    /** Whether a message or an enum begins here. */
    boolean isDeclarationOfType() throws SyntaxError {
        Token first = cursor.is("export") || cursor.is("local") ? cursor.following() : cursor.current();
        return first.is("message") || first.is("enum");
    }

    Declaration declarationOfType() throws SyntaxError {
        List<String> documentation = cursor.current().documentation();
        Visibility visibility =
                cursor.eat("export") ? Visibility.EXPORT : cursor.eat("local") ? Visibility.LOCAL : null;
        return cursor.eat("message") ? message(documentation, visibility) : enumeration(documentation, visibility);
    }

    private Declaration message(List<String> documentation, @Nullable Visibility visibility) throws SyntaxError {
        Written name = cursor.name("the name of the message");
        return new Declaration.Message(documentation, visibility, name, messageParser.body("the message"));
    }

    private Declaration enumeration(List<String> documentation, @Nullable Visibility visibility) throws SyntaxError {
        cursor.need("enum", "or 'message'");
        Written name = cursor.name("the name of the enum");
        List<OptionSetting> options = new ArrayList<>();
        List<Declaration> members = new ArrayList<>();
        cursor.need("{", "after the name of the enum");
        cursor.enter();
        while (!cursor.eatEndOfBlock()) {
            Token first = cursor.current();
            if (first.is("option") && !cursor.following().is("=")) {
                cursor.advance();
                options.add(optionParser.statement());
            } else if (first.is("reserved") && !cursor.following().is("=")) {
                cursor.advance();
                members.add(messageParser.reserved(first.documentation(), Integer.MAX_VALUE));
            } else {
                members.add(enumValue(first.documentation()));
            }
        }
        cursor.leave();
        return new Declaration.Enumeration(
                documentation, visibility, name, new Body(List.copyOf(options), List.copyOf(members)));
    }

    private Declaration enumValue(List<String> documentation) throws SyntaxError {
        Written name = cursor.name("the name of an enum value, or '}'");
        cursor.need("=", "after the name of the enum value");
        Whole number = cursor.whole("the number of the enum value");
        List<OptionSetting> options = optionParser.bracketed();
        cursor.need(";", "after the enum value");
        return new Declaration.EnumValue(documentation, name, number, List.copyOf(options));
    }

    private Declaration service(List<String> documentation) throws SyntaxError {
        Written name = cursor.name("the name of the service");
        List<OptionSetting> options = new ArrayList<>();
        List<Declaration> methods = new ArrayList<>();
        cursor.need("{", "after the name of the service");
        while (!cursor.eatEndOfBlock()) {
            Token first = cursor.current();
            if (cursor.eat("option")) {
                options.add(optionParser.statement());
            } else if (cursor.eat("rpc")) {
                methods.add(method(first.documentation()));
            } else {
                throw cursor.expected("'rpc', 'option' or '}'");
            }
        }
        return new Declaration.Service(documentation, name, new Body(List.copyOf(options), List.copyOf(methods)));
    }

    private Declaration method(List<String> documentation) throws SyntaxError {
        Written name = cursor.name("the name of the method");
        Declaration.Payload input = payload("after the name of the method");
        cursor.need("returns", "after what the method takes");
        Declaration.Payload output = payload("after 'returns'");
        List<OptionSetting> options = new ArrayList<>();
        if (cursor.eat("{")) {
            while (!cursor.eatEndOfBlock()) {
                cursor.need("option", "or '}'");
                options.add(optionParser.statement());
            }
        } else {
            cursor.need(";", "after the method");
        }
        return new Declaration.Method(documentation, name, input, output, List.copyOf(options));
    }

    private Declaration.Payload payload(String where) throws SyntaxError {
        cursor.need("(", where);
        boolean isStream = cursor.eat("stream");
        Written type = cursor.dottedName("the name of a message");
        cursor.need(")", "after the name of the message");
        return new Declaration.Payload(isStream, type);
    }
}
