package io.llmschema.format.protobuf;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What statements without a name of their own say: the same for two that differ in the order of their parts only. */
final class StatementText {
    private StatementText() {}

    /** With its comment. */
    static String of(Declaration statement) {
        return String.join("\n", statement.documentation()) + "\n" + withoutComment(statement);
    }

    static String withoutComment(Declaration statement) {
        return switch (statement) {
            case Declaration.Reserved reserved -> "reserved " + joined(items(reserved));
            case Declaration.Extensions extensions ->
                "extensions " + joined(items(extensions)) + " [" + options(extensions) + "]";
            case Declaration.Extend extend ->
                "extend " + extend.extendee().text() + " { "
                        + joined(extend.fields().stream()
                                .map(field -> field.name().text())
                                .toList())
                        + " }";
            case Declaration.Named named -> throw new IllegalArgumentException("it has a name: " + named.name());
        };
    }

    /** The numbers and names of a statement, each as it is written. */
    static List<String> items(Declaration.Reserved reserved) {
        return Stream.concat(
                        ranges(reserved.ranges()),
                        reserved.names().stream()
                                .map(name -> name.isQuoted()
                                        ? OptionPrinter.quoted(name.name().text())
                                        : name.name().text()))
                .toList();
    }

    static List<String> items(Declaration.Extensions extensions) {
        return ranges(extensions.ranges()).toList();
    }

    /** Those of one repeated option keep their order, which is part of it. */
    static String options(Declaration.Extensions extensions) {
        return extensions.options().stream()
                .collect(Collectors.groupingBy(
                        OptionSetting::writtenName,
                        TreeMap::new,
                        Collectors.mapping(OptionPrinter::setting, Collectors.joining(", "))))
                .values()
                .stream()
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> ranges(List<Declaration.Range> ranges) {
        return ranges.stream().map(range -> CanonicalPrinter.ranges(List.of(range)));
    }

    private static String joined(List<String> items) {
        return items.stream().sorted().collect(Collectors.joining(", "));
    }
}
