package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Item.Kind;
import io.llmschema.cli.migrate.MigrationResult.Counts;
import io.llmschema.cli.migrate.MigrationResult.Finding;
import io.llmschema.cli.migrate.MigrationResult.Verdict;
import io.llmschema.cli.migrate.Stock.InSubject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comparison of both sides at the end: every version is read from both. */
final class Verification {
    private final RegistryView source;
    private final RegistryView target;
    private final Ledger ledger;
    private final boolean withModes;

    /**
     * One thing, compared.
     *
     * @param isAtSource false: only the target has it
     * @param finding absent: it is the same
     */
    private record Compared(
            Item item,
            boolean isAtSource,
            boolean isDeleted,
            @Nullable Finding finding) {}

    Verification(RegistryView source, RegistryView target, Ledger ledger, boolean withModes) {
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.withModes = withModes;
    }

    MigrationResult compare(Stock there, Stock here, int passes, SideBySide sideBySide, Watcher watcher) {
        watcher.begin("subjects compared", there.subjects().size());
        List<Compared> all = new ArrayList<>(sideBySide
                .map(there.subjects().keySet(), name -> {
                    List<Compared> found = ofSubject(name, there.subject(name), here.subject(name));
                    watcher.advance();
                    return found;
                })
                .stream()
                .flatMap(List::stream)
                .toList());
        there.scopes()
                .forEach((scope, settings) ->
                        ofSettings(scope, settings, here.scope(scope)).forEach(all::add));
        Map<Kind, Counts> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counts.put(
                    kind,
                    counts(all.stream().filter(one -> one.item().kind() == kind).toList()));
        }
        List<Finding> findings = all.stream()
                .flatMap(one -> Optional.ofNullable(one.finding()).stream())
                .toList();
        return new MigrationResult(counts, findings, passes, onlyAtTarget(there));
    }

    private long onlyAtTarget(Stock there) {
        return target.listing().subjects().keySet().stream()
                .filter(name -> !there.subjects().containsKey(name))
                .count();
    }

    private Counts counts(List<Compared> all) {
        return new Counts(
                all.stream().filter(Compared::isAtSource).count(),
                all.stream().filter(Compared::isDeleted).count(),
                all.stream()
                        .filter(one -> one.finding() == null && ledger.isCopied(one.item()))
                        .count(),
                all.stream()
                        .filter(one -> one.finding() == null && !ledger.isCopied(one.item()))
                        .count(),
                count(all, Verdict.REFUSED),
                count(all, Verdict.DIFFERENT));
    }

    private static long count(List<Compared> all, Verdict verdict) {
        return all.stream()
                .filter(one -> one.finding() != null && one.finding().verdict() == verdict)
                .count();
    }

    private List<Compared> ofSubject(String name, InSubject there, InSubject here) {
        List<Compared> compared = new ArrayList<>();
        if (there.isHidden()) {
            Item all = new Item(Kind.VERSION, name, 0);
            compared.add(new Compared(all, true, false, refused(all, "its own versions are hidden behind its alias")));
        }
        TreeSet<Integer> numbers = new TreeSet<>(there.versions().keySet());
        numbers.addAll(here.versions().keySet());
        numbers.forEach(number -> compared.add(ofVersion(new VersionKey(name, number), there, here)));
        ofSettings(name, there.settings(), here.settings()).forEach(compared::add);
        return compared;
    }

    private Compared ofVersion(VersionKey key, InSubject there, InSubject here) {
        Item item = Item.of(key);
        boolean isAtSource = there.versions().containsKey(key.version());
        boolean isDeleted = there.hasDeleted(key.version());
        String difference = "";
        if (!isAtSource) {
            difference = "only the target has it";
        } else if (!here.versions().containsKey(key.version())) {
            difference = "the target does not have it";
        } else if (isDeleted != here.hasDeleted(key.version())) {
            difference = isDeleted ? "only the source has deleted it" : "only the target has deleted it";
        } else {
            difference = differences(key);
        }
        return new Compared(item, isAtSource, isDeleted, difference.isEmpty() ? null : refused(item, difference));
    }

    private String differences(VersionKey key) {
        Optional<SchemaDocument> there = source.version(key);
        Optional<SchemaDocument> here = target.version(key);
        if (there.isEmpty() || here.isEmpty()) {
            return "it went away meanwhile";
        }
        List<String> different = there.get().differences(here.get());
        return different.isEmpty() ? "" : "it differs in " + String.join(", ", different);
    }

    private Stream<Compared> ofSettings(String scope, Settings there, Settings here) {
        Compared config = ofSetting(Item.config(scope), there.config(), here.config(), there.hasSameConfig(here));
        Compared mode = ofSetting(Item.mode(scope), there.mode(), here.mode(), !withModes || there.hasSameMode(here));
        return Stream.of(config, mode).filter(one -> one.isAtSource() || one.finding() != null);
    }

    private Compared ofSetting(Item item, @Nullable Object there, @Nullable Object here, boolean isSame) {
        String difference =
                "the source has " + (there == null ? "none" : there) + ", the target " + (here == null ? "none" : here);
        return new Compared(item, there != null, false, isSame ? null : refused(item, difference));
    }

    /** What the target said when it was to be changed explains more than the difference that is left. */
    private Finding refused(Item item, String difference) {
        return ledger.refusal(item)
                .map(refusal -> new Finding(item, Verdict.REFUSED, refusal.code(), explained(refusal)))
                .orElseGet(() -> new Finding(item, Verdict.DIFFERENT, 0, difference));
    }

    private static String explained(Refusal refusal) {
        return refusal.reason().startsWith("Overwrite new schema with id")
                ? refusal.reason() + " Another schema has this id there; ids may be unique in all contexts together"
                : refusal.reason();
    }
}
