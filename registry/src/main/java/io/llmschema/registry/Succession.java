package io.llmschema.registry;

import io.llmschema.format.SchemaSource;
import io.llmschema.model.ChangeClass;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.IncompatibleSchema;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.RegistryException.SubjectArchived;
import io.llmschema.model.RegistryException.TooMuchToCompare;
import io.llmschema.model.RegistryException.VersionTooLow;
import io.llmschema.model.RegistryException.VersionsExhausted;
import io.llmschema.model.RegistryException.WritesRefused;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.model.VersionRange;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.SubjectHistory;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a registration takes to the lock of its subject: an archived subject takes nothing; the schema must be compatible with the versions before it, as far as
 * is set; its number is the one wanted, if that says enough of the change, or else the one that the change deserves.
 *
 * <p>What takes time is done before the lock is held, and done again under it only if the subject or what is set has changed in between.
 */
final class Succession implements RegistrationRule {
    private final CompatibilityChecker checker;
    private final SettingsInForce defaults;
    private final SchemaSource source;
    private final Gist gist;
    private final @Nullable Version wanted;
    private final Set<DataEncoding> encodings;
    private @Nullable Prepared prepared;

    /** What was found for a history. */
    private record Prepared(SubjectHistory history, Outcome outcome) {}

    private sealed interface Outcome {
        record Named(Version version) implements Outcome {}

        record Refused(RegistryException refusal) implements Outcome {}
    }

    /**
     * @param defaults what is in force where nothing is set
     * @param source the schema with all that it refers to
     * @param gist of the schema
     * @param wanted absent: the number that the change deserves
     * @param encodings in which it must be compatible where none are set; empty: all
     */
    Succession(
            CompatibilityChecker checker,
            SettingsInForce defaults,
            SchemaSource source,
            Gist gist,
            @Nullable Version wanted,
            Set<DataEncoding> encodings) {
        this.checker = checker;
        this.defaults = defaults;
        this.source = source;
        this.gist = gist;
        this.wanted = wanted;
        this.encodings = encodings;
    }

    @Override
    public Optional<Version> prepare(NewSchema candidate, SubjectHistory history, SchemaStore store) {
        Outcome outcome = outcome(candidate, history, store);
        prepared = new Prepared(history, outcome);
        return outcome instanceof Outcome.Named(Version version) && !history.isArchived()
                ? Optional.of(version)
                : Optional.empty();
    }

    @Override
    public Version assignVersion(NewSchema candidate, SubjectHistory history, SchemaStore store) {
        if (history.isArchived()) {
            throw new SubjectArchived(candidate.subject());
        }
        Prepared before = prepared;
        Outcome outcome = before != null && before.history().equals(history)
                ? before.outcome()
                : outcome(candidate, history, store);
        return switch (outcome) {
            case Outcome.Named(Version version) -> version;
            case Outcome.Refused(RegistryException refusal) -> throw refusal;
        };
    }

    /** Not to be thrown before the lock is held: a registration that comes in between may change it. */
    private Outcome outcome(NewSchema candidate, SubjectHistory history, SchemaStore store) {
        SettingsInForce settings =
                history.settings().over(history.globalSettings().over(defaults)).orEncodings(encodings);
        try {
            checkMode(candidate, settings.mode());
            return new Outcome.Named(version(candidate, settings, history, store));
        } catch (WritesRefused
                | IncompatibleSchema
                | VersionTooLow
                | VersionsExhausted
                | IncomparableTypes
                | TooMuchToCompare refusal) {
            return new Outcome.Refused(refusal);
        }
    }

    private static void checkMode(NewSchema candidate, WriteMode mode) {
        boolean isImport = candidate.placement().isImport();
        if (mode.isReadOnly() || isImport != mode.isImport()) {
            throw new WritesRefused(
                    candidate.subject(),
                    mode,
                    isImport ? "a version cannot be imported" : "a version cannot be registered");
        }
    }

    private Version version(NewSchema candidate, SettingsInForce settings, SubjectHistory history, SchemaStore store) {
        Judge judge = new Judge(checker, candidate.type(), source, gist, settings.criteria());
        if (history.latest() != null && history.latestId() != null) {
            judge.expectLatest(candidate.subject(), history.latestId());
        }
        // A draft is not for use yet: it is compared when it becomes ACTIVE. What is imported was judged where it comes
        // from.
        // Archived versions may be all there is, and what was written with them is still there.
        if (history.highest() != null
                && candidate.state().stage() != Stage.DRAFT
                && !candidate.placement().isImport()) {
            Group group = Group.of(settings.groupBy(), candidate.metadata());
            checker.require(candidate.subject(), judge, settings, group, null, store);
        }
        if (wanted == null) {
            return deserved(candidate.subject(), judge, history, store);
        }
        if (!settings.allowsLowerVersions()) {
            checkSaysEnough(wanted, candidate.subject(), judge, history, store);
        }
        return wanted;
    }

    private static Version deserved(Subject subject, Judge judge, SubjectHistory history, SchemaStore store) {
        return VersionNames.next(
                subject, history.latest(), history.highest(), changeSinceLatest(subject, judge, history, store));
    }

    private static ChangeClass changeSinceLatest(
            Subject subject, Judge judge, SubjectHistory history, SchemaStore store) {
        if (history.latest() == null) {
            return ChangeClass.ADDITIVE;
        }
        try {
            return old(subject, VersionSelector.LATEST, judge, store)
                    .map(judge::change)
                    .orElse(ChangeClass.ADDITIVE);
        } catch (ContentDamaged | StorageUnavailable e) {
            // Where a level asks for a comparison it has failed before. Where none does, a version that cannot be read,
            // be it damaged or in a
            // blob store that is away, keeps nobody from registering the next one; and what nobody can tell is
            // breaking.
            return ChangeClass.BREAKING;
        }
    }

    private static void checkSaysEnough(
            Version version, Subject subject, Judge judge, SubjectHistory history, SchemaStore store) {
        Version highest = history.highest();
        if (highest != null
                && version.compareTo(highest) <= 0
                && store.exists(new SchemaKey.ByVersion(subject, new VersionSelector.Exact(version)))) {
            // The store says so of a number that is used already, and why.
            return;
        }
        old(subject, below(version, history), judge, store)
                .filter(base -> !base.summary().version().isPreRelease())
                .ifPresent(base -> VersionNames.check(version, base.summary().version(), judge.change(base)));
    }

    /** The release that comes before a number: most often the latest. */
    private static VersionSelector below(Version version, SubjectHistory history) {
        Version latest = history.latest();
        if (latest != null && !latest.isPreRelease() && latest.compareTo(version) < 0) {
            return VersionSelector.LATEST;
        }
        Version core = Version.of(version.major(), version.minor(), version.patch());
        return new VersionSelector.InRange(VersionRange.parse("<" + core));
    }

    private static Optional<OldVersion> old(Subject subject, VersionSelector selector, Judge judge, SchemaStore store) {
        return judge.old(new SchemaKey.ByVersion(subject, selector), store::getSchema, store);
    }
}
