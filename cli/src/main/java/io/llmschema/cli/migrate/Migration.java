package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Plan.Outline;
import io.llmschema.cli.migrate.Plan.PlannedStep;
import io.llmschema.cli.migrate.RegistryView.Listing;
import io.llmschema.cli.migrate.Step.Delete;
import io.llmschema.cli.migrate.Step.Register;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The copying of all that one registry has into another.
 *
 * <p>It keeps no memory of its own: what is to do is what the target lacks, so it may be stopped anywhere and run again. It copies in passes, until one finds
 * nothing new; what comes to the source meanwhile is the next pass's. At last it compares both sides.
 *
 * <p>While a subject of the target is changed it is in mode IMPORT, so that nobody else registers there, and gets its mode at the end of the pass.
 */
public final class Migration {
    /** A source that is never at rest is left to the next run. */
    static final int MAX_PASSES = 10;

    private final RegistryView source;
    private final DialectRegistry target;
    private final Terms terms;
    private final Watcher watcher;
    private final SideBySide sideBySide;
    private final Stocktaking stocktaking;
    private final Ledger ledger = new Ledger();

    /**
     * How it is done.
     *
     * @param width requests at a time
     * @param withModes whether the modes of the source are copied too
     * @param isToStop asked again and again; {@link Stopped} is thrown soon after it has said yes
     */
    public record Terms(int width, boolean withModes, BooleanSupplier isToStop) {}

    public Migration(RegistryView source, DialectRegistry target, Terms terms, Watcher watcher) {
        this.source = source;
        this.target = target;
        this.terms = terms;
        this.watcher = watcher;
        this.sideBySide = new SideBySide(terms.width(), terms.isToStop());
        this.stocktaking = new Stocktaking(sideBySide);
    }

    public MigrationResult run() {
        Stock there;
        int passes = 0;
        int changes;
        do {
            passes++;
            there = takeStock();
            changes = copy(there, stocktaking.counterpart(target, there), passes);
        } while (changes > 0 && passes < MAX_PASSES);
        Stock here = stocktaking.counterpart(target, there);
        return new Verification(source, target, ledger, terms.withModes())
                .compare(there, here, passes, sideBySide, watcher);
    }

    private Stock takeStock() {
        Listing listing = source.listing();
        return stocktaking.all(source, listing);
    }

    /** How much of it was new. */
    private int copy(Stock there, Stock here, int pass) {
        ledger.beginPass();
        Set<Step> missing = Plan.missing(there, here);
        watcher.say("pass %d: %,d subjects with %,d versions at the source, %,d changes to versions to make"
                .formatted(pass, there.subjects().size(), there.versions(), missing.size()));
        AtomicInteger changes = new AtomicInteger();
        SettingsPass settings = new SettingsPass(target, ledger, terms.withModes(), changes);
        Plan plan = Plan.of(missing, this::outlines);
        each(
                "subjects opened",
                toOpen(missing, there, here),
                name -> settings.open(name, here.subject(name).settings()));
        walk(plan, changes);
        each(
                "subjects settled",
                there.subjects().keySet(),
                name -> settings.settleSubject(
                        name, there.subject(name).settings(), here.subject(name).settings()));
        there.scopes().forEach((scope, wanted) -> settings.settleScope(scope, wanted, here.scope(scope)));
        return changes.get();
    }

    private <T> void each(String work, Collection<T> items, Consumer<T> action) {
        watcher.begin(work, items.size());
        sideBySide.each(items, item -> {
            action.accept(item);
            watcher.advance();
        });
    }

    /** A config can be set in mode IMPORT too, whatever the scopes above say. */
    private static Set<String> toOpen(Set<Step> missing, Stock there, Stock here) {
        Set<String> names =
                missing.stream().map(step -> step.key().subject()).collect(Collectors.toCollection(TreeSet::new));
        there.subjects().forEach((name, subject) -> {
            if (!subject.settings().hasSameConfig(here.subject(name).settings())) {
                names.add(name);
            }
        });
        return names;
    }

    private List<Outline> outlines(Collection<VersionKey> keys) {
        watcher.begin("versions read", keys.size());
        return sideBySide
                .map(keys, key -> {
                    Optional<Outline> outline = source.version(key).map(Outline::of);
                    watcher.advance();
                    return outline;
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Each step waits for those it needs; all of them have begun before it, so that none waits for ever. */
    private void walk(Plan plan, AtomicInteger changes) {
        List<PlannedStep> steps = plan.steps();
        List<CompletableFuture<Boolean>> done =
                steps.stream().map(step -> new CompletableFuture<Boolean>()).toList();
        each("changes made", IntStream.range(0, steps.size()).boxed().toList(), place -> {
            try {
                steps.get(place).needs().forEach(need -> done.get(need).join());
                if (take(steps.get(place).step())) {
                    changes.incrementAndGet();
                }
            } finally {
                done.get(place).complete(true);
            }
        });
    }

    /** Whether it was taken for the first time. */
    private boolean take(Step step) {
        Item item = Item.of(step.key());
        return switch (step) {
            case Register(VersionKey key) ->
                ledger.record(step, item, () -> source.version(key).ifPresent(target::register));
            // Where it was refused there is nothing to delete, and that is the reason to be told.
            case Delete(VersionKey key) ->
                ledger.refusal(item).isEmpty() && ledger.record(step, item, () -> target.delete(key));
        };
    }
}
