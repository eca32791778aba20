package io.llmschema.http.registryapi;

import io.llmschema.model.Incompatibility;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.Undecided;
import io.llmschema.registry.Difference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Differences as text for people: a line for each change, and then what breaks, and why. */
final class DiffText {
    private static final int INDENT = 4;

    private final StringBuilder out = new StringBuilder();
    private final Difference difference;

    private DiffText(Difference difference) {
        this.difference = difference;
    }

    static String of(Difference difference) {
        return new DiffText(difference).write();
    }

    private String write() {
        line(
                0,
                "--- %s %s"
                        .formatted(
                                difference.from().subject(), difference.from().version()));
        line(
                0,
                difference.to() == null
                        ? "+++ the schema given"
                        : "+++ %s %s"
                                .formatted(
                                        difference.to().subject(),
                                        difference.to().version()));
        line(
                0,
                "%s change: raises %s"
                        .formatted(
                                difference.change().name().toLowerCase(Locale.ROOT),
                                DiffOut.raises(difference.change())));
        if (!difference.isSameType()) {
            line(0, "the two are in different languages");
        }
        difference.changes().forEach(this::write);
        if (difference.isCut()) {
            line(0, "there may be more changes");
        }
        difference.backward().incompatibilities().forEach(this::write);
        difference.backward().undecided().forEach(this::write);
        return out.toString();
    }

    private void write(SchemaChange change) {
        String path = shown(change.kind() == SchemaChange.Kind.REMOVED ? change.beforePath() : change.afterPath());
        line(0, "");
        line(
                0,
                "%s %s  (%s)"
                        .formatted(
                                sign(change.kind()),
                                path,
                                difference.classOf(change).name().toLowerCase(Locale.ROOT)));
        if (change.kind() == SchemaChange.Kind.RENAMED) {
            line(INDENT, "was " + change.beforePath());
        }
        value("- ", change.before());
        value("+ ", change.after());
    }

    private static String sign(SchemaChange.Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "~";
            case REORDERED -> "^";
            case RENAMED -> ">";
        };
    }

    private void value(String sign, @Nullable String value) {
        if (value != null) {
            value.lines().forEach(line -> line(INDENT, sign + line));
        }
    }

    private void write(Incompatibility found) {
        line(0, "");
        line(0, "breaks: " + found.message());
        line(INDENT, "at %s, before %s".formatted(shown(found.readerPath()), shown(found.writerPath())));
        line(INDENT, "for example " + found.witness().document());
        line(INDENT, "is refused: " + found.witness().refusal());
    }

    private void write(Undecided found) {
        line(0, "");
        line(0, "not known whether it breaks: " + found.reason());
        line(INDENT, "at %s, before %s".formatted(shown(found.readerPath()), shown(found.writerPath())));
    }

    private static String shown(String path) {
        return path.isEmpty() ? "the root" : path;
    }

    private void line(int indent, String text) {
        out.append(" ".repeat(indent)).append(text).append('\n');
    }
}
