package io.llmschema.storage.tiered;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Page;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Pages of lists and searches, in the memory of this node, until anything of their tenant changes.
 *
 * <p>A tenant has no revision, so one is counted here: every change that this node hears of is one more.
 */
final class PageCache {
    /** A question whose answer is a page. */
    record Question(TenantId tenant, List<?> parts) {}

    /** Roughly what a summary takes. */
    private static final int BYTES_PER_ITEM = 1_200;

    /** The most subjects of which it is remembered for a while that a change was counted. */
    private static final int MAX_COUNTED = 10_000;

    private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

    private final Copies<Question, Page<?>> copies;

    /** A change is told several times (by whoever made it, by the channel, by the feed), and should empty the lists once. */
    private final Cache<Subject, Long> counted = Caffeine.newBuilder()
            .maximumSize(MAX_COUNTED)
            .expireAfterWrite(COUNTED_FOR)
            .build();

    PageCache(CacheLimits limits) {
        this.copies = new Copies<>(
                limits,
                (_, seen) -> bytes(seen),
                question -> new Owner.OfTenant(question.tenant()),
                (floor, _, seen) -> floor.admits(seen));
    }

    private static int bytes(Seen<Page<?>> seen) {
        return BYTES_PER_ITEM
                * (1 + seen.found().map(page -> page.items().size()).orElse(0));
    }

    /** Loads a page, as new as the tenant is known to be before. */
    Seen<Page<?>> see(Question question, Supplier<? extends Page<?>> loader) {
        long revision = copies.floor(question).changed();
        Consistency observed = new Consistency(ChangePosition.START);
        Page<?> page = observed.in(loader);
        // A page is made of many subjects: what it lacks is not known, so it counts as new only as far as this node has
        // heard.
        return new Seen<>(page, revision, observed.shown(), ChangePosition.START);
    }

    Seen<Page<?>> get(Question question, Predicate<Seen<?>> isAdmissible, Function<Question, Seen<Page<?>>> loader) {
        return copies.get(question, isAdmissible, (asked, _) -> loader.apply(asked));
    }

    Optional<Seen<Page<?>>> peek(Question question) {
        return copies.peek(question);
    }

    void apply(List<SubjectChange> changes) {
        for (SubjectChange change : changes) {
            Long known = counted.getIfPresent(change.subject());
            if (known == null || known < change.revision()) {
                // In this order: who finds it counted may rely on that.
                copies.count(new Owner.OfTenant(change.subject().tenant()));
                counted.put(change.subject(), change.revision());
            }
        }
    }

    void clear() {
        copies.clear();
        counted.invalidateAll();
    }
}
