package io.llmschema.registry;

import io.llmschema.model.ChangeClass;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaSummary;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two schemas, and how much.
 *
 * @param from the version before
 * @param to the version after; absent: a schema that is none
 * @param isSameType whether both are in one language; if not, nothing is known but that
 * @param changes place by place, at most {@link SchemaChange#MAX_LISTED}
 * @param backward whether the schema after reads what was written with the one before
 * @param forward the other way round
 * @param change the class of all that together
 */
public record Difference(
        SchemaSummary from,
        @Nullable SchemaSummary to,
        boolean isSameType,
        List<SchemaChange> changes,
        Judgement backward,
        Judgement forward,
        ChangeClass change) {
    public Difference {
        changes = List.copyOf(changes);
    }

    /** That of a version and a schema in another language. */
    static Difference ofTypes(SchemaSummary from) {
        return new Difference(
                from, null, false, List.of(), Judgement.COMPATIBLE, Judgement.COMPATIBLE, ChangeClass.BREAKING);
    }

    /** The same, of a schema that is a version. */
    Difference to(SchemaSummary version) {
        return new Difference(from, version, isSameType, changes, backward, forward, change);
    }

    /** Whether there may be more changes than are listed. */
    public boolean isCut() {
        return changes.size() >= SchemaChange.MAX_LISTED;
    }

    /**
     * The class of one change: what touches the meaning is breaking if it is near a place of which that was shown, or could not be shown to be
     * otherwise.
     */
    public ChangeClass classOf(SchemaChange one) {
        return switch (one.nature()) {
            case ORDER -> ChangeClass.ORDER;
            case WORDS -> ChangeClass.WORDS;
            case MEANING -> isBreaking(one) ? ChangeClass.BREAKING : ChangeClass.ADDITIVE;
        };
    }

    private boolean isBreaking(SchemaChange one) {
        return backward.incompatibilities().stream()
                        .anyMatch(found -> isNear(one, found.writerPath(), found.readerPath()))
                || backward.undecided().stream().anyMatch(found -> isNear(one, found.writerPath(), found.readerPath()));
    }

    /** Whether a change is at a pair of places, within, or around them, on the sides on which it is anything. */
    private static boolean isNear(SchemaChange one, String before, String after) {
        boolean isNearBefore = isWithin(one.beforePath(), before) || isWithin(before, one.beforePath());
        boolean isNearAfter = isWithin(one.afterPath(), after) || isWithin(after, one.afterPath());
        return switch (one.kind()) {
            case ADDED -> isNearAfter;
            case REMOVED -> isNearBefore;
            case CHANGED, REORDERED, RENAMED -> isNearBefore || isNearAfter;
        };
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length()
                        || outer.isEmpty()
                        || "/.#".indexOf(inner.charAt(outer.length())) >= 0);
    }

    /** The class of changes of which it is known that nothing is broken. */
    static ChangeClass largest(List<SchemaChange> changes) {
        if (changes.size() >= SchemaChange.MAX_LISTED) {
            // What is not listed may touch the meaning.
            return ChangeClass.ADDITIVE;
        }
        return changes.stream()
                .map(change -> switch (change.nature()) {
                    case ORDER -> ChangeClass.ORDER;
                    case WORDS -> ChangeClass.WORDS;
                    case MEANING -> ChangeClass.ADDITIVE;
                })
                .max(Comparator.naturalOrder())
                .orElse(ChangeClass.NONE);
    }
}
