package io.llmschema.format.protobuf;

import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The changes found between two files so far, no more than are listed. */
final class ChangeList {
    /**
     * A place in the file before, and the same place in the file after.
     *
     * <p>Full names are put together for those places only where something changed.
     *
     * @param what of the place is meant that has no name of its own; empty: the place itself
     */
    record Paths(String beforeScope, String beforeName, String afterScope, String afterName, String what) {
        /** The file itself. */
        static final Paths WHOLE = new Paths("", "", "", "", "");

        /** What lies around in both files, as what is declared there. */
        static Paths of(Side before, Side after) {
            return new Paths(before.path(), "", after.path(), "", "");
        }

        /** Something that is declared in both files. */
        static Paths of(Side before, Declaration.Named old, Side after, Declaration.Named now) {
            return new Paths(
                    before.path(), old.name().text(), after.path(), now.name().text(), "");
        }

        Paths of(String what) {
            return new Paths(beforeScope, beforeName, afterScope, afterName, what);
        }

        String before() {
            return written(beforeScope, beforeName);
        }

        String after() {
            return written(afterScope, afterName);
        }

        private String written(String scope, String name) {
            String dot = scope.isEmpty() || name.isEmpty() ? "" : ".";
            return scope + dot + name + (what.isEmpty() ? "" : "#" + what);
        }
    }

    private final List<SchemaChange> changes = new ArrayList<>();

    boolean isFull() {
        return changes.size() >= SchemaChange.MAX_LISTED;
    }

    int count() {
        return changes.size();
    }

    List<SchemaChange> changes() {
        return List.copyOf(changes);
    }

    void add(Kind kind, Nature nature, Paths paths, @Nullable String before, @Nullable String after) {
        if (!isFull()) {
            changes.add(new SchemaChange(kind, nature, paths.before(), paths.after(), before, after));
        }
    }

    /** Adds what became of a value that may be absent, if anything did. */
    void addDifference(Nature nature, Paths paths, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            add(
                    before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED,
                    nature,
                    paths,
                    before,
                    after);
        }
    }

    /** Adds something that was not there before; its text is made only if there is room for it. */
    void added(Nature nature, Paths paths, Supplier<String> text) {
        if (!isFull()) {
            add(Kind.ADDED, nature, paths, null, text.get());
        }
    }

    /** Adds something that is no longer there. */
    void removed(Nature nature, Paths paths, Supplier<String> text) {
        if (!isFull()) {
            add(Kind.REMOVED, nature, paths, text.get(), null);
        }
    }

    void reordered(Paths paths, List<String> before, List<String> after) {
        add(Kind.REORDERED, Nature.ORDER, paths, String.join(", ", before), String.join(", ", after));
    }
}
