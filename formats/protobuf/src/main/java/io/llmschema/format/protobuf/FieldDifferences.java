package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.ChangeList.Paths;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares two fields that are the same, or two extensions: all but their names, comments and surroundings. */
final class FieldDifferences {
    private final ChangeList changes;
    private final OptionDifferences options;

    FieldDifferences(ChangeList changes, OptionDifferences options) {
        this.changes = changes;
        this.options = options;
    }

    /**
     * @param oldType the full names of the types of the field before
     * @param newType of the field after; if they are the same, a type is only written in another way
     */
    void compare(
            Declaration.Field old,
            Declaration.Field now,
            Supplier<Optional<String>> oldType,
            Supplier<Optional<String>> newType,
            Paths paths) {
        changes.addDifference(
                Nature.MEANING,
                paths.of("number"),
                Long.toString(old.number().value()),
                Long.toString(now.number().value()));
        changes.addDifference(Nature.MEANING, paths.of("label"), label(old), label(now));
        if (!type(old).equals(type(now)) && !changes.isFull()) {
            Optional<String> resolved = oldType.get();
            boolean isSame = resolved.isPresent() && resolved.equals(newType.get());
            changes.add(Kind.CHANGED, isSame ? Nature.WORDS : Nature.MEANING, paths.of("type"), type(old), type(now));
        }
        options.compare(old.options(), now.options(), paths);
    }

    private static @Nullable String label(Declaration.Field field) {
        return field.label() == null ? null : field.label().name().toLowerCase(Locale.ROOT);
    }

    private static String type(Declaration.Field field) {
        return switch (field.type()) {
            case FieldType.Plain plain -> plain.name().text();
            case FieldType.MapOf map ->
                "map<" + map.key().text() + ", " + map.value().text() + ">";
            case FieldType.Group group -> "group " + group.name().text();
        };
    }
}
