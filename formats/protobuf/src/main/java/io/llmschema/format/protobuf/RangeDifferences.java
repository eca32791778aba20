package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.ChangeList.Paths;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what is reserved in one place, and which numbers are for extensions: each number, range and name by itself; only if those are the
 * same, how they are put into statements.
 */
final class RangeDifferences {
    private final ChangeList changes;

    RangeDifferences(ChangeList changes) {
        this.changes = changes;
    }

    void compare(Members before, Members after, Pairs<Declaration> pairs, Paths paths) {
        compareReserved(of(Declaration.Reserved.class, before), of(Declaration.Reserved.class, after), pairs, paths);
        compareExtensions(
                of(Declaration.Extensions.class, before), of(Declaration.Extensions.class, after), pairs, paths);
    }

    private static <D extends Declaration> List<D> of(Class<D> kind, Members members) {
        return members.statements().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void compareReserved(
            List<Declaration.Reserved> before,
            List<Declaration.Reserved> after,
            Pairs<Declaration> pairs,
            Paths paths) {
        Paths reserved = paths.of("reserved");
        if (areItemsSame(before, after, StatementText::items, Nature.WORDS, reserved)) {
            compareStatements(before, after, Nature.WORDS, reserved);
            compareInside(before, pairs, reserved);
        }
    }

    private void compareExtensions(
            List<Declaration.Extensions> before,
            List<Declaration.Extensions> after,
            Pairs<Declaration> pairs,
            Paths paths) {
        Paths extensions = paths.of("extensions");
        if (areItemsSame(before, after, StatementText::items, Nature.MEANING, extensions)) {
            boolean areOptionsSame = optionsByRange(before).equals(optionsByRange(after));
            compareStatements(before, after, areOptionsSame ? Nature.WORDS : Nature.MEANING, extensions);
            compareInside(before, pairs, extensions);
        }
    }

    private <D extends Declaration> boolean areItemsSame(
            List<D> before, List<D> after, Function<D, List<String>> items, Nature nature, Paths paths) {
        Set<String> old = all(before, items);
        Set<String> now = all(after, items);
        for (D statement : before) {
            for (String item : items.apply(statement)) {
                if (!now.contains(item)) {
                    changes.add(Kind.REMOVED, nature, paths, item, null);
                }
            }
        }
        for (D statement : after) {
            for (String item : items.apply(statement)) {
                if (!old.contains(item)) {
                    changes.add(Kind.ADDED, nature, paths, null, item);
                }
            }
        }
        return old.equals(now);
    }

    private static <D extends Declaration> Set<String> all(List<D> statements, Function<D, List<String>> items) {
        return statements.stream()
                .flatMap(statement -> items.apply(statement).stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, String> optionsByRange(List<Declaration.Extensions> statements) {
        Map<String, String> options = new HashMap<>();
        statements.forEach(statement ->
                StatementText.items(statement).forEach(range -> options.put(range, StatementText.options(statement))));
        return options;
    }

    /** The statements themselves: their comments, and what is together in one. */
    private void compareStatements(
            List<? extends Declaration> before, List<? extends Declaration> after, Nature nature, Paths paths) {
        if (isSame(before, after, StatementText::of)) {
            return;
        }
        boolean isOnlyComment = isSame(before, after, StatementText::withoutComment);
        changes.add(Kind.CHANGED, isOnlyComment ? Nature.WORDS : nature, paths, text(before), text(after));
    }

    private static boolean isSame(
            List<? extends Declaration> before, List<? extends Declaration> after, Function<Declaration, String> text) {
        return before.stream()
                .map(text)
                .sorted()
                .toList()
                .equals(after.stream().map(text).sorted().toList());
    }

    private static String text(List<? extends Declaration> statements) {
        return statements.stream().map(CanonicalPrinter::print).collect(Collectors.joining("\n"));
    }

    /** The order of the parts of statements that have the same parts. */
    private void compareInside(List<? extends Declaration> before, Pairs<Declaration> pairs, Paths paths) {
        for (Declaration statement : before) {
            Declaration partner = pairs.after(statement);
            if (partner != null) {
                List<String> old = parts(statement);
                List<String> now = parts(partner);
                if (!old.equals(now)) {
                    changes.reordered(paths, old, now);
                }
            }
        }
    }

    private static List<String> parts(Declaration statement) {
        return switch (statement) {
            case Declaration.Reserved reserved -> StatementText.items(reserved);
            case Declaration.Extensions extensions ->
                Stream.concat(
                                StatementText.items(extensions).stream(),
                                extensions.options().stream().map(OptionPrinter::setting))
                        .toList();
            case Declaration.Extend _, Declaration.Named _ -> List.of();
        };
    }
}
