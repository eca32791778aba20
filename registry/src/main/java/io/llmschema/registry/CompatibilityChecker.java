package io.llmschema.registry;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaStep;
import io.llmschema.model.Comparison;
import io.llmschema.model.Comparison.Direction;
import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Judgement;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.IncompatibleSchema;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.Verdict;
import io.llmschema.storage.SchemaReader;
import io.llmschema.storage.SchemaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a level of compatibility into pairs of a reader and a writer, and has each judged by the language of the schemas. */
record CompatibilityChecker(SchemaFormats formats, Admission admission, Budget parsing, RecentVersions recent) {

    /** Compares the schema of a request with the versions that it asks for, one after the other. */
    CompatibilityReport check(
            CompatibilityRequest request, SettingsInForce inForce, SchemaStore store, ComparisonAllowance allowance) {
        SettingsInForce settings = request.wish().over(inForce);
        checkAspects(request);
        SchemaSource candidate = candidate(request, store);
        OldVersions versions = new OldVersions(
                request.subject(),
                settings.criteria().level(),
                Group.of(settings.groupBy(), request.metadata()),
                request.against(),
                null,
                store);
        Judge judge = new Judge(this, request.type(), candidate, settings.criteria());
        return new CompatibilityReport(settings, compare(judge, versions, allowance));
    }

    /**
     * Refuses a schema that is not compatible with the versions of its subject, as far as the settings ask for that.
     *
     * @param except the version that it is itself
     * @throws IncompatibleSchema it is not
     */
    void require(
            Subject subject,
            Judge judge,
            SettingsInForce settings,
            Group group,
            @Nullable SchemaId except,
            SchemaStore store) {
        CompatibilityLevel level = settings.criteria().level();
        OldVersions versions = new OldVersions(subject, level, group, List.of(), except, store);
        List<Comparison> comparisons = compare(judge, versions, ComparisonAllowance.ofRegistration());
        if (!new CompatibilityReport(settings, comparisons).isAccepted()) {
            List<Comparison> against = comparisons.stream()
                    .filter(comparison -> comparison.judgement().verdict() != Verdict.COMPATIBLE)
                    .toList();
            throw new IncompatibleSchema(subject, level, against);
        }
    }

    /** The same for a draft that is to be used. */
    void checkActivation(Schema draft, SettingsInForce settings, SchemaStore store) {
        SchemaSummary summary = draft.summary();
        Judge judge = new Judge(this, summary.type(), old(draft, store).source(), settings.criteria());
        Group group = Group.of(settings.groupBy(), summary.metadata());
        require(summary.subject(), judge, settings, group, summary.id(), store);
    }

    /** What differs between two versions. */
    Difference difference(OldVersion before, OldVersion after, SettingsInForce settings) {
        return difference(before, after.summary().type(), after.source(), settings)
                .to(after.summary());
    }

    /** What differs between a version and a schema. */
    Difference difference(OldVersion before, SchemaType type, SchemaSource after, SettingsInForce settings) {
        if (before.summary().type() != type) {
            return Difference.ofTypes(before.summary());
        }
        Judge judge = new Judge(this, type, after, settings.criteria());
        Judgement backward = judge.compare(before, Direction.BACKWARD).judgement();
        Judgement forward = judge.compare(before, Direction.FORWARD).judgement();
        List<SchemaChange> changes = parsing.spend(
                Admission.bytes(before.source()) + Admission.bytes(after),
                () -> formats.of(type).changes(before.source(), after));
        return new Difference(before.summary(), null, true, changes, backward, forward, judge.change(before));
    }

    /** Compares a schema with the versions that there are to compare it with. */
    List<Comparison> compare(Judge judge, OldVersions versions, ComparisonAllowance allowance) {
        List<SchemaKey> keys = versions.keys(allowance.maxVersionsOfOne());
        allowance.takeVersions(keys.size());
        List<Comparison> comparisons = new ArrayList<>();
        for (SchemaKey key : keys) {
            judge.old(key, versions::load, versions.store()).ifPresent(old -> {
                if (old.summary().type() != judge.type()) {
                    throw new IncomparableTypes(old.summary(), judge.type());
                }
                allowance.takeBytes(Admission.bytes(judge.candidate()) + Admission.bytes(old.source()));
                comparisons.addAll(judge.compare(old));
            });
        }
        return comparisons;
    }

    /** Refuses to judge by encodings that the language does not have, if a request wishes so; settings may be for several languages. */
    void checkAspects(CompatibilityRequest request) {
        Set<DataEncoding> asked = Objects.requireNonNullElse(request.wish().aspects(), Set.of());
        SchemaType type = request.type();
        Set<DataEncoding> known = formats.of(type).encodings();
        asked.stream().filter(aspect -> !known.contains(aspect)).findFirst().ifPresent(aspect -> {
            throw new InvalidValue(
                    "aspect",
                    aspect.name(),
                    "data of %s schemas is compared as %s"
                            .formatted(type, known.stream().sorted().toList()));
        });
    }

    /** The schema of a request, found valid. */
    SchemaSource candidate(CompatibilityRequest request, SchemaReader reader) {
        References references = admission.resolve(UnresolvedSchema.of(request), reader);
        SchemaSource source = new SchemaSource(request.content(), references.closure());
        return admission.parse(request.type(), source, _ -> source);
    }

    /** A version with all that it refers to. */
    static OldVersion old(Schema schema, SchemaReader reader) {
        References references = References.resolve(UnresolvedSchema.of(schema), reader);
        return new OldVersion(schema.summary(), new SchemaSource(schema.content(), references.closure()), null);
    }

    /** A version with its gist, which those have that were registered here: what is said of the next one must not depend on that. */
    OldVersion withGist(OldVersion old) {
        SchemaSummary summary = old.summary();
        try {
            return admission.parse(
                    summary.type(),
                    old.source(),
                    parsed -> new OldVersion(
                            summary,
                            old.source(),
                            Gist.of(parsed, summary.fingerprints().canonical())));
        } catch (InvalidSchema e) {
            // It was taken by other checks than those of today, and can be compared all the same.
            return old;
        }
    }

    /** Whether one schema reads what another one wrote. */
    Judgement judge(SchemaType type, SchemaSource reader, SchemaSource writer, CompatibilityCriteria criteria) {
        if (reader.equals(writer)) {
            // A schema reads what it wrote itself, also where its language cannot be searched for a reason.
            return Judgement.COMPATIBLE;
        }
        long bytes = Admission.bytes(reader) + Admission.bytes(writer);
        return narrowed(
                parsing.spend(bytes, () -> formats.of(type).judge(reader, writer, criteria.policy())), type, criteria);
    }

    /** The same of a schema and the one before it, with what has changed if it reads all. */
    SchemaStep step(SchemaType type, SchemaSource before, SchemaSource after, CompatibilityCriteria criteria) {
        if (after.equals(before)) {
            return new SchemaStep(Judgement.COMPATIBLE, List.of());
        }
        long bytes = Admission.bytes(before) + Admission.bytes(after);
        SchemaStep step = parsing.spend(bytes, () -> formats.of(type).step(before, after, criteria.policy()));
        return new SchemaStep(narrowed(step.backward(), type, criteria), step.changes());
    }

    /** Of a setting for several languages, the part that is about this one. */
    private Judgement narrowed(Judgement whole, SchemaType type, CompatibilityCriteria criteria) {
        Set<DataEncoding> aspects = criteria.aspects();
        boolean isNarrowed =
                !aspects.isEmpty() && formats.of(type).encodings().stream().anyMatch(aspects::contains);
        return isNarrowed ? whole.of(aspects) : whole;
    }
}
