package io.llmschema.registry;

import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaStep;
import io.llmschema.model.ChangeClass;
import io.llmschema.model.Comparison;
import io.llmschema.model.Comparison.Direction;
import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.Judgement;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Verdict;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons of one schema with versions before it. What it has judged once it knows: the level and the version number may ask for the
 * same. Used by one thread.
 */
final class Judge {
    private record Question(SchemaId version, Direction direction) {}

    /** What {@code latest} leads to in a subject. */
    private record Latest(Subject subject, SchemaId id) {
        boolean isMeantBy(SchemaKey key) {
            return key.equals(new SchemaKey.ById(id))
                    || key.equals(new SchemaKey.ByVersion(subject, VersionSelector.LATEST));
        }
    }

    private final CompatibilityChecker checker;
    private final SchemaType type;
    private final SchemaSource candidate;
    private final @Nullable Gist gist;
    private final CompatibilityCriteria criteria;
    private final Map<Question, Judgement> known = new HashMap<>();
    private final Map<SchemaKey, Optional<OldVersion>> loaded = new HashMap<>();
    private @Nullable Latest latest;

    /** Absent: it is not known. */
    private @Nullable ChangeClass changeSinceLatest;

    Judge(CompatibilityChecker checker, SchemaType type, SchemaSource candidate, CompatibilityCriteria criteria) {
        this(checker, type, candidate, null, criteria);
    }

    /** @param gist of the candidate; absent: it is not known */
    Judge(
            CompatibilityChecker checker,
            SchemaType type,
            SchemaSource candidate,
            @Nullable Gist gist,
            CompatibilityCriteria criteria) {
        this.checker = checker;
        this.type = type;
        this.candidate = candidate;
        this.gist = gist;
        this.criteria = criteria;
    }

    SchemaType type() {
        return type;
    }

    SchemaSource candidate() {
        return candidate;
    }

    /** Takes note of what {@code latest} leads to, as is known from elsewhere. */
    void expectLatest(Subject subject, SchemaId id) {
        latest = new Latest(subject, id);
    }

    /** The version that a key leads to, with all that it refers to; read once, however often it is asked for. */
    Optional<OldVersion> old(SchemaKey key, Function<SchemaKey, Optional<Schema>> loader, SchemaReader store) {
        Optional<OldVersion> known = loaded.get(key);
        if (known == null) {
            known = find(key, () -> loader.apply(key).map(schema -> loaded(schema, store)));
            loaded.put(key, known);
        }
        return known;
    }

    private OldVersion loaded(Schema schema, SchemaReader store) {
        OldVersion old = CompatibilityChecker.old(schema, store);
        return gist == null || old.summary().type() != type ? old : checker.withGist(old);
    }

    private Optional<OldVersion> find(SchemaKey key, Supplier<Optional<OldVersion>> loader) {
        if (latest != null && latest.isMeantBy(key)) {
            return checker.recent().getLatest(latest.subject(), latest.id(), loader);
        }
        return key instanceof SchemaKey.ById(SchemaId id) ? checker.recent().get(id, loader) : loader.get();
    }

    /** Compares with one version of the same type, in the directions that the level asks for. */
    List<Comparison> compare(OldVersion old) {
        List<Comparison> comparisons = new ArrayList<>();
        if (criteria.level().asksBackward()) {
            comparisons.add(compare(old, Direction.BACKWARD));
        }
        if (criteria.level().asksForward()) {
            comparisons.add(compare(old, Direction.FORWARD));
        }
        return comparisons;
    }

    Comparison compare(OldVersion old, Direction direction) {
        Judgement judgement =
                known.computeIfAbsent(new Question(old.summary().id(), direction), _ -> judge(old, direction));
        return new Comparison(old.summary(), direction, judgement);
    }

    private Judgement judge(OldVersion old, Direction direction) {
        if (differsInWordsAtMost(old)) {
            return Judgement.COMPATIBLE;
        }
        return switch (direction) {
            case BACKWARD -> isLatest(old) ? step(old) : checker.judge(type, candidate, old.source(), criteria);
            case FORWARD -> checker.judge(type, old.source(), candidate, criteria);
        };
    }

    private boolean isLatest(OldVersion old) {
        return latest != null && latest.id().equals(old.summary().id());
    }

    /** Of the latest version it is asked next how much the schema differs from it. */
    private Judgement step(OldVersion old) {
        SchemaStep step = checker.step(type, old.source(), candidate, criteria);
        if (!step.changes().isEmpty()) {
            changeSinceLatest = Difference.largest(step.changes());
        }
        return step.backward();
    }

    private boolean differsInWordsAtMost(OldVersion old) {
        return gist != null
                && gist.saysTheSameAs(old.gist())
                && old.summary().type() == type
                && candidate.references().equals(old.source().references());
    }

    /** How much the schema differs from a version, which may be of another type. */
    ChangeClass change(OldVersion old) {
        if (old.summary().type() != type
                || compare(old, Direction.BACKWARD).judgement().verdict() != Verdict.COMPATIBLE) {
            return ChangeClass.BREAKING;
        }
        if (!candidate.references().equals(old.source().references())) {
            return ChangeClass.ADDITIVE;
        }
        if (gist != null && differsInWordsAtMost(old)) {
            return gist.equals(old.gist()) ? ChangeClass.NONE : ChangeClass.WORDS;
        }
        if (isLatest(old) && changeSinceLatest != null) {
            return changeSinceLatest;
        }
        return checker.parsing()
                .spend(
                        Admission.bytes(candidate) + Admission.bytes(old.source()),
                        () -> Difference.largest(checker.formats().of(type).changes(old.source(), candidate)));
    }
}
