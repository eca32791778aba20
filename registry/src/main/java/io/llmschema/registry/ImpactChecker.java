package io.llmschema.registry;

import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.Comparison;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.Violation;
import io.llmschema.registry.DependentImpact.Finding;
import io.llmschema.registry.GraphWalk.Reached;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what a change of a schema does to those that refer to it, directly or through others: each is taken with the new schema in place of the
 * one that it refers to now, and compared with itself as it is.
 *
 * <p>All live versions are looked at but drafts, whoever made one says that it is not for use yet.
 */
record ImpactChecker(CompatibilityChecker compatibility) {
    private static final Comparator<Reached> NEAREST_FIRST = Comparator.comparingInt(
                    (Reached one) -> one.node().distance())
            .thenComparing(Reached::createdAt, Comparator.reverseOrder());

    /** @param request what it is against are the versions that are replaced; none: the one that {@code latest} resolves to */
    ImpactReport check(CompatibilityRequest request, SettingsInForce inForce, SchemaStore store) {
        compatibility.checkAspects(request);
        SchemaSource candidate = compatibility.candidate(request, store);
        List<SchemaSummary> replaced = replaced(request, store);
        Substitution substitution = new Substitution(
                candidate, replaced.stream().map(SchemaSummary::id).collect(Collectors.toSet()), store);
        return new Survey(request.wish().over(inForce), replaced, substitution, store).report();
    }

    private static List<SchemaSummary> replaced(CompatibilityRequest request, SchemaStore store) {
        List<SchemaSummary> versions = versions(request, store)
                .sorted(Comparator.comparingInt(SchemaSummary::ordinal).reversed())
                .distinct()
                .toList();
        versions.stream()
                .filter(version -> version.type() != request.type())
                .findFirst()
                .ifPresent(version -> {
                    throw new IncomparableTypes(version, request.type());
                });
        return versions;
    }

    private static Stream<SchemaSummary> versions(CompatibilityRequest request, SchemaStore store) {
        Subject subject = request.subject();
        if (request.against().isEmpty()) {
            return store.getSchema(new SchemaKey.ByVersion(subject, VersionSelector.LATEST)).stream()
                    .map(Schema::summary)
                    .filter(version -> !version.isDeleted());
        }
        Lookup lookup = new Lookup(store);
        return request.against().stream()
                .map(selector ->
                        lookup.find(new SchemaKey.ByVersion(subject, selector)).summary());
    }

    /** What the substitution does to a version. */
    private sealed interface Effect {
        /** Nothing: it does not reach what is replaced. */
        record None() implements Effect {}

        /** It is what is replaced, or is a schema still. */
        record Sound() implements Effect {}

        /** It is no schema any more. */
        record Breaks(List<Violation> violations) implements Effect {}

        /** Not known, because what may be looked at was used up before. */
        record NotLookedAt() implements Effect {}
    }

    /** How a reference names a version. */
    private record Place(Subject subject, Version version) {}

    /** The answer to one request in the making. Used by one thread. */
    private final class Survey {
        private final SettingsInForce settings;
        private final List<SchemaSummary> replaced;
        private final Substitution substitution;
        private final SchemaStore store;
        private final ComparisonAllowance allowance = ComparisonAllowance.ofQuestion();
        private final Map<Place, Effect> effects = new HashMap<>();
        private final List<DependentImpact> dependents = new ArrayList<>();
        private boolean isCut;

        private Survey(
                SettingsInForce settings, List<SchemaSummary> replaced, Substitution substitution, SchemaStore store) {
            this.settings = settings;
            this.replaced = replaced;
            this.substitution = substitution;
            this.store = store;
        }

        private ImpactReport report() {
            List<Reached> concerned = concerned();
            for (Reached one : concerned.stream()
                    .limit(RegistryLimits.MAX_IMPACT_DEPENDENTS)
                    .toList()) {
                // Found in one moment, it may be gone in the next.
                Optional<Schema> schema = store.getSchema(
                                new SchemaKey.ById(one.node().id()))
                        .filter(found -> !found.summary().isDeleted());
                if (schema.isPresent() && !add(schema.get(), one.node().distance())) {
                    isCut = true;
                    break;
                }
            }
            isCut |= concerned.size() > RegistryLimits.MAX_IMPACT_DEPENDENTS;
            return new ImpactReport(settings.criteria(), replaced, dependents, isCut);
        }

        /** Those that refer to one of the replaced versions and are not replaced themselves, each at its shortest distance. */
        private List<Reached> concerned() {
            Map<SchemaId, Reached> nearest = new LinkedHashMap<>();
            for (SchemaSummary version : replaced) {
                GraphWalk walk = GraphWalk.from(version.id(), Direction.DEPENDENTS, GraphRequest.ANY_DEPTH, store);
                isCut |= walk.isCut();
                walk.reached().forEach(one -> nearest.merge(one.node().id(), one, Survey::nearer));
            }
            return nearest.values().stream()
                    .filter(one -> !substitution.replaced().contains(one.node().id()))
                    .filter(one -> one.node().state().stage() != Stage.DRAFT)
                    .sorted(NEAREST_FIRST)
                    .toList();
        }

        private static Reached nearer(Reached one, Reached other) {
            return one.node().distance() <= other.node().distance() ? one : other;
        }

        /** Whether what may be looked at was enough for one more. */
        private boolean add(Schema schema, int distance) {
            return switch (effect(schema)) {
                case Effect.None _ -> true;
                case Effect.NotLookedAt _ -> false;
                case Effect.Breaks(List<Violation> violations) ->
                    dependents.add(new DependentImpact(schema.summary(), distance, new Finding.Broken(violations)));
                case Effect.Sound _ -> addJudged(schema, distance);
            };
        }

        private boolean addJudged(Schema schema, int distance) {
            if (!(substitution.in(schema) instanceof Substitution.Outcome.Whole(SchemaSource changed))) {
                throw new IllegalStateException("it was sound a moment ago, and what it refers to never changes");
            }
            References references = References.resolve(UnresolvedSchema.of(schema), store);
            SchemaSource present = new SchemaSource(schema.content(), references.closure());
            if (!allowance.tryBytes(Admission.bytes(changed) + Admission.bytes(present))) {
                return false;
            }
            Judge judge = new Judge(compatibility, schema.summary().type(), changed, settings.criteria());
            List<Comparison> comparisons = judge.compare(new OldVersion(schema.summary(), present, null));
            return dependents.add(new DependentImpact(
                    schema.summary(), distance, new Finding.Judged(new CompatibilityReport(settings, comparisons))));
        }

        private Effect effect(Schema schema) {
            SchemaSummary summary = schema.summary();
            Place place = new Place(summary.subject(), summary.version());
            Effect known = effects.get(place);
            if (known == null) {
                known = substitution.replaced().contains(summary.id()) ? new Effect.Sound() : effectThrough(schema);
                effects.put(place, known);
            }
            return known;
        }

        private Effect effect(SchemaReference reference) {
            Effect known = effects.get(new Place(reference.subject(), reference.version()));
            return known == null ? effect(substitution.find(reference)) : known;
        }

        /**
         * The effect on a schema that is not replaced itself. A language may look at the text alone and trust what it refers to, so that is
         * looked at first.
         */
        private Effect effectThrough(Schema schema) {
            boolean isReached = false;
            for (SchemaReference reference : schema.summary().references()) {
                switch (effect(reference)) {
                    case Effect.None _ -> {}
                    case Effect.Sound _ -> isReached = true;
                    case Effect.NotLookedAt notLookedAt -> {
                        return notLookedAt;
                    }
                    case Effect.Breaks(List<Violation> violations) -> {
                        return new Effect.Breaks(List.of(through(reference, violations)));
                    }
                }
            }
            return isReached ? parsed(schema) : new Effect.None();
        }

        private static Violation through(SchemaReference reference, List<Violation> violations) {
            return Violation.ofWhole(
                    "it refers to " + reference + ", which is no schema any more: " + violations.getFirst());
        }

        private Effect parsed(Schema schema) {
            return switch (substitution.in(schema)) {
                case Substitution.Outcome.Impossible(String reason) ->
                    new Effect.Breaks(List.of(Violation.ofWhole(reason)));
                case Substitution.Outcome.Whole(SchemaSource source) ->
                    parsed(schema.summary().type(), source);
            };
        }

        private Effect parsed(SchemaType type, SchemaSource source) {
            long bytes = Admission.bytes(source);
            if (!allowance.tryBytes(bytes)) {
                return new Effect.NotLookedAt();
            }
            return compatibility.parsing().spend(bytes, () -> switch (compatibility
                    .formats()
                    .of(type)
                    .parse(source.content(), source.references())) {
                case Parsed _ -> new Effect.Sound();
                case Rejected(List<Violation> violations) -> new Effect.Breaks(violations);
            });
        }
    }
}
