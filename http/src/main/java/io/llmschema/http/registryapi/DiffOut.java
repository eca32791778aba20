package io.llmschema.http.registryapi;

import io.llmschema.model.ChangeClass;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaSummary;
import io.llmschema.registry.Difference;

/** Differences as the JSON of this dialect. */
final class DiffOut {
    private DiffOut() {}

    static byte[] json(Difference difference) {
        return JsonOut.write(out -> out.object(() -> {
            out.text("subject", difference.from().subject().name());
            out.object("from", () -> version(out, difference.from()));
            SchemaSummary to = difference.to();
            if (to != null) {
                out.object("to", () -> version(out, to));
            }
            out.text("class", difference.change().name());
            out.text("raises", raises(difference.change()));
            out.flag("isSameType", difference.isSameType());
            out.array("changes", difference.changes(), change -> write(out, change, difference.classOf(change)));
            out.flag("isCut", difference.isCut());
            CompatibilityOut.differences(out, difference.backward());
        }));
    }

    private static void version(JsonOut out, SchemaSummary version) {
        out.text("version", version.version().toString());
        out.text("id", version.id().toString());
    }

    private static void write(JsonOut out, SchemaChange change, ChangeClass changeClass) {
        out.object(() -> {
            out.text("kind", change.kind().name());
            out.text("nature", change.nature().name());
            out.text("class", changeClass.name());
            out.text("beforePath", change.beforePath());
            out.text("afterPath", change.afterPath());
            out.text("before", change.before());
            out.text("after", change.after());
        });
    }

    /** Which part of the version number a change raises. */
    static String raises(ChangeClass change) {
        return switch (change) {
            case NONE -> "none";
            case ORDER, WORDS -> "patch";
            case ADDITIVE -> "minor";
            case BREAKING -> "major";
        };
    }
}
