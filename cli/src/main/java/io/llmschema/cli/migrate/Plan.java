package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Step.Delete;
import io.llmschema.cli.migrate.Step.Register;
import io.llmschema.cli.migrate.Stock.InSubject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The order of steps, as the history of the source could have had it.
 *
 * <p>A version comes after those that it refers to, and after the one before it in its subject; a deletion comes after all that refer to what it deletes,
 * and after their deletions. A schema that was deleted and registered again is so here too. What an import has put into no possible order comes last, and
 * may be refused.
 *
 * @param steps the first of all subjects before the second of any, so that there is work for all threads
 */
record Plan(List<PlannedStep> steps) {
    /** @param needs the places, in the list of all, of steps that must have been done before; all of them lie before this one */
    record PlannedStep(Step step, List<Integer> needs) {}

    /** What decides about the place of a version. */
    record Outline(VersionKey key, int id, List<VersionKey> references) {
        static Outline of(SchemaDocument version) {
            return new Outline(version.key(), version.id(), version.references());
        }
    }

    /** What the target lacks of the source's versions; nothing of subjects whose names stand for others, here or there. */
    static Set<Step> missing(Stock source, Stock target) {
        Set<Step> missing = new LinkedHashSet<>();
        source.subjects().forEach((name, there) -> {
            InSubject here = target.subject(name);
            if (!here.settings().isAlias()) {
                there.versions().forEach((number, isDeleted) -> {
                    VersionKey key = new VersionKey(name, number);
                    if (!here.versions().containsKey(number)) {
                        missing.add(new Register(key));
                    }
                    if (isDeleted && !here.hasDeleted(number)) {
                        missing.add(new Delete(key));
                    }
                });
            }
        });
        return missing;
    }

    /** @param outlinesOf without those that have gone meanwhile; they are left out of the plan then */
    static Plan of(Set<Step> missing, Function<Collection<VersionKey>, List<Outline>> outlinesOf) {
        Map<VersionKey, Outline> outlines = new LinkedHashMap<>();
        Set<VersionKey> keys =
                new LinkedHashSet<>(missing.stream().map(Step::key).toList());
        outlinesOf.apply(keys).forEach(outline -> outlines.put(outline.key(), outline));
        List<Step> steps = missing.stream()
                .filter(step -> outlines.containsKey(step.key()))
                .toList();
        return new Plan(sorted(steps, new Needs(new LinkedHashSet<>(steps), outlines)));
    }

    /** Which steps need which. */
    private static final class Needs {
        private final Set<Step> steps;
        private final Map<VersionKey, Outline> outlines;
        private final Map<VersionKey, List<VersionKey>> referrers = new HashMap<>();
        private final Map<String, SortedMap<Integer, Outline>> bySubject = new HashMap<>();

        Needs(Set<Step> steps, Map<VersionKey, Outline> outlines) {
            this.steps = steps;
            this.outlines = outlines;
            outlines.forEach((key, outline) -> {
                bySubject
                        .computeIfAbsent(key.subject(), name -> new TreeMap<>())
                        .put(key.version(), outline);
                outline.references()
                        .forEach(reference -> referrers
                                .computeIfAbsent(reference, name -> new ArrayList<>())
                                .add(key));
            });
        }

        List<Step> of(Step step) {
            Stream<Step> needed = switch (step) {
                case Register(VersionKey key) -> ofRegistration(key);
                case Delete(VersionKey key) -> ofDeletion(key);
            };
            return needed.filter(other -> steps.contains(other) && !other.equals(step))
                    .toList();
        }

        private Stream<Step> ofRegistration(VersionKey key) {
            Outline outline = outlines.get(key);
            SortedMap<Integer, Outline> before =
                    bySubject.getOrDefault(key.subject(), new TreeMap<>()).headMap(key.version());
            Stream<Step> previous = before.isEmpty()
                    ? Stream.of()
                    : Stream.of(new Register(before.lastEntry().getValue().key()));
            // A version with the same content that lives would be found instead of a new one made.
            Stream<Step> sameContent = before.values().stream()
                    .filter(other -> outline != null && other.id() == outline.id())
                    .map(other -> new Delete(other.key()));
            Stream<VersionKey> references = outline == null ? Stream.of() : outline.references().stream();
            return Stream.concat(
                    Stream.concat(previous, sameContent),
                    references
                            .flatMap(reference -> latestIfAny(reference).stream())
                            .map(Register::new));
        }

        private Optional<VersionKey> latestIfAny(VersionKey reference) {
            if (reference.version() > 0) {
                return Optional.of(reference);
            }
            SortedMap<Integer, Outline> versions = bySubject.getOrDefault(reference.subject(), new TreeMap<>());
            return versions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(versions.lastEntry().getValue().key());
        }

        private Stream<Step> ofDeletion(VersionKey key) {
            Stream<Step> after = referrers.getOrDefault(key, List.of()).stream()
                    .flatMap(referrer -> Stream.of(new Register(referrer), new Delete(referrer)));
            return Stream.concat(Stream.of(new Register(key)), after);
        }
    }

    private static List<PlannedStep> sorted(List<Step> steps, Needs needs) {
        Map<Step, Integer> open = new LinkedHashMap<>();
        Map<Step, List<Step>> waiting = new HashMap<>();
        Deque<Step> ready = new ArrayDeque<>();
        for (Step step : steps) {
            Set<Step> needed = new LinkedHashSet<>(needs.of(step));
            needed.forEach(other ->
                    waiting.computeIfAbsent(other, key -> new ArrayList<>()).add(step));
            open.put(step, needed.size());
            if (needed.isEmpty()) {
                ready.add(step);
            }
        }
        List<Step> order = new ArrayList<>(steps.size());
        while (!ready.isEmpty()) {
            Step step = ready.remove();
            order.add(step);
            open.remove(step);
            for (Step other : waiting.getOrDefault(step, List.of())) {
                if (open.merge(other, -1, Integer::sum) == 0) {
                    ready.add(other);
                }
            }
        }
        order.addAll(open.keySet());
        return withPlaces(order, needs);
    }

    private static List<PlannedStep> withPlaces(List<Step> order, Needs needs) {
        Map<Step, Integer> places = new HashMap<>();
        List<PlannedStep> planned = new ArrayList<>(order.size());
        for (Step step : order) {
            List<Integer> before = needs.of(step).stream()
                    .flatMap(other -> Optional.ofNullable(places.get(other)).stream())
                    .toList();
            places.put(step, planned.size());
            planned.add(new PlannedStep(step, before));
        }
        return planned;
    }
}
