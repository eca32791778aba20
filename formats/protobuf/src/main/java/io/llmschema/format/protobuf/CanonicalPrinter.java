package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import io.llmschema.format.protobuf.Declaration.Body;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a syntax tree as text, always in the same way.
 *
 * <p>Names of types stay as written, relative or full, so that the text means the same in the same surroundings and is its own
 * canonical form. Within a block its options come first; everything else keeps its order.
 */
final class CanonicalPrinter {
    private final StringBuilder out = new StringBuilder();
    private final int maxCharacters;
    private int indent;

    private CanonicalPrinter(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    static String print(ProtoFile file) {
        CanonicalPrinter printer = new CanonicalPrinter(Integer.MAX_VALUE);
        printer.printFile(file);
        return printer.out.toString();
    }

    /** The text; empty if it has more characters. */
    static Optional<String> print(ProtoFile file, int maxCharacters) {
        CanonicalPrinter printer = new CanonicalPrinter(maxCharacters);
        printer.printFile(file);
        return printer.out.length() > maxCharacters ? Optional.empty() : Optional.of(printer.out.toString());
    }

    /** One declaration by itself. */
    static String print(Declaration declaration) {
        CanonicalPrinter printer = new CanonicalPrinter(Integer.MAX_VALUE);
        printer.printDeclaration(declaration);
        return printer.out.toString().stripTrailing();
    }

    /** Which edition a file is of, in the author's words. */
    static String edition(ProtoFile file) {
        return switch (file.edition()) {
            case Edition.EDITION_PROTO2 -> "proto2";
            case Edition.EDITION_PROTO3 -> "proto3";
            default -> file.edition().name().substring("EDITION_".length());
        };
    }

    private void printFile(ProtoFile file) {
        line((file.isEdition() ? "edition" : "syntax") + " = \"" + edition(file) + "\";");
        if (file.packageName() != null) {
            line("package " + file.packageText() + ";");
        }
        for (ProtoFile.Import imported : file.imports()) {
            String kind = switch (imported.kind()) {
                case PLAIN -> "";
                case PUBLIC -> "public ";
                case WEAK -> "weak ";
                case OPTION -> "option ";
            };
            line("import " + kind + OptionPrinter.quoted(imported.path().text()) + ";");
        }
        printBody(new Body(file.options(), file.declarations()));
    }

    private void printBody(Body body) {
        for (OptionSetting option : body.options()) {
            line("option " + OptionPrinter.setting(option) + ";");
        }
        body.members().forEach(this::printDeclaration);
    }

    private void printDeclaration(Declaration declaration) {
        for (String text : declaration.documentation()) {
            line(text.isEmpty() ? "//" : "// " + text);
        }
        switch (declaration) {
            case Declaration.Message message ->
                block(
                        visibility(message.visibility()) + "message "
                                + message.name().text(),
                        message.body());
            case Declaration.Enumeration enumeration ->
                block(
                        visibility(enumeration.visibility()) + "enum "
                                + enumeration.name().text(),
                        enumeration.body());
            case Declaration.Service service ->
                block("service " + service.name().text(), service.body());
            case Declaration.Oneof oneof -> block("oneof " + oneof.name().text(), oneof.body());
            case Declaration.Extend extend ->
                block("extend " + extend.extendee().text(), new Body(List.of(), List.copyOf(extend.fields())));
            case Declaration.Field field -> printField(field);
            case Declaration.EnumValue value ->
                line(value.name().text() + " = " + value.number().value() + OptionPrinter.bracketed(value.options())
                        + ";");
            case Declaration.Method method -> printMethod(method);
            case Declaration.Reserved reserved -> line("reserved " + reserved(reserved) + ";");
            case Declaration.Extensions extensions ->
                line("extensions " + ranges(extensions.ranges()) + OptionPrinter.bracketed(extensions.options()) + ";");
        }
    }

    private void printField(Declaration.Field field) {
        String label = field.label() == null ? "" : field.label().name().toLowerCase(Locale.ROOT) + " ";
        String number = " = " + field.number().value() + OptionPrinter.bracketed(field.options());
        switch (field.type()) {
            case FieldType.Plain plain ->
                line(label + plain.name().text() + " " + field.name().text() + number + ";");
            case FieldType.MapOf map ->
                line("map<" + map.key().text() + ", " + map.value().text() + "> "
                        + field.name().text() + number + ";");
            case FieldType.Group group -> block(label + "group " + group.name().text() + number, group.body());
        }
    }

    private void printMethod(Declaration.Method method) {
        String head = "rpc " + method.name().text() + payload(method.input()) + " returns " + payload(method.output());
        if (method.options().isEmpty()) {
            line(head + ";");
        } else {
            block(head, new Body(method.options(), List.of()));
        }
    }

    static String payload(Declaration.Payload payload) {
        return "(" + (payload.isStream() ? "stream " : "") + payload.type().text() + ")";
    }

    private static String visibility(Declaration.@Nullable Visibility visibility) {
        return visibility == null ? "" : visibility.name().toLowerCase(Locale.ROOT) + " ";
    }

    private static String reserved(Declaration.Reserved reserved) {
        return reserved.names().isEmpty()
                ? ranges(reserved.ranges())
                : reserved.names().stream()
                        .map(name -> name.isQuoted()
                                ? OptionPrinter.quoted(name.name().text())
                                : name.name().text())
                        .collect(Collectors.joining(", "));
    }

    static String ranges(List<Declaration.Range> ranges) {
        return ranges.stream()
                .map(range -> range.start().value() == range.end().value()
                        ? Long.toString(range.start().value())
                        : range.start().value() + " to " + range.end().value())
                .collect(Collectors.joining(", "));
    }

    private void block(String head, Body body) {
        line(head + " {");
        indent++;
        printBody(body);
        indent--;
        line("}");
    }

    private void line(String text) {
        if (out.length() <= maxCharacters) {
            out.repeat("  ", indent).append(text).append('\n');
        }
    }
}
