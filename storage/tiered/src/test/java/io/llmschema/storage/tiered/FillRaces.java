package io.llmschema.storage.tiered;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;

/** A cache before a database of one subject, of which only the revision is kept: ways to change it and to read it at once. */
public abstract class FillRaces {
    private static final Subject SUBJECT = new Subject(TenantId.DEFAULT, "orders");
    private static final SchemaKey KEY = new SchemaKey.ByVersion(SUBJECT, VersionSelector.LATEST);

    private final AtomicLong database = new AtomicLong();
    /** The last revision whose change is over. */
    private final AtomicLong promised = new AtomicLong();

    final long commit() {
        return database.incrementAndGet();
    }

    final long load() {
        return database.get();
    }

    /** Commits a change and tells the cache, in whatever order; returns the revision after it. */
    abstract long commitAndTell();

    /** The revision, by way of the cache. */
    abstract long readThrough();

    @Operation
    public final void change() {
        long revision = commitAndTell();
        promised.accumulateAndGet(revision, Math::max);
    }

    /** Returns whether it was shown all changes that were over when it began. */
    @Operation
    public final boolean read() {
        long expected = promised.get();
        return readThrough() >= expected;
    }

    private static Seen<Schema> seen(long revision) {
        return new Seen<>(null, revision, ChangePosition.START, ChangePosition.START);
    }

    private static List<SubjectChange> changeTo(long revision) {
        return List.of(new SubjectChange(SUBJECT, revision, SubjectChange.Kind.ADDITION, List.of()));
    }

    private static boolean isAny(Seen<Schema> seen) {
        return true;
    }

    /** With the copies of this room over maps of the JDK. */
    public abstract static class WithCopies extends FillRaces {
        private final Copies<SchemaKey, Schema> copies = new Copies<>(
                new ConcurrentHashMap<>(),
                new Floors(new ConcurrentHashMap<>()),
                _ -> new Owner.OfSubject(SUBJECT),
                (floor, key, seen) -> floor.admits(key, seen));

        final Copies<SchemaKey, Schema> copies() {
            return copies;
        }

        @Override
        final long readThrough() {
            return copies.get(KEY, FillRaces::isAny, (_, _) -> seen(load())).revision();
        }
    }

    /** As it is done here: committed, then applied. */
    public static final class Ours extends WithCopies {
        @Override
        long commitAndTell() {
            long revision = commit();
            copies().apply(changeTo(revision));
            return revision;
        }
    }

    /** As it is done here when it is not known what has changed: committed, then all is forgotten. */
    public static final class OursForgetting extends WithCopies {
        @Override
        long commitAndTell() {
            long revision = commit();
            copies().clear();
            return revision;
        }
    }

    /** The whole first tier. */
    public static final class OursOverCaffeine extends FillRaces {
        private final CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);

        @Override
        long commitAndTell() {
            long revision = commit();
            cache.apply(changeTo(revision));
            return revision;
        }

        @Override
        long readThrough() {
            Predicate<Seen<Schema>> isAdmissible = FillRaces::isAny;
            return cache.get(KEY, isAdmissible, _ -> seen(load())).revision();
        }
    }

    /** Wrong: whoever reads between the two keeps what is old. */
    public static final class ForgottenThenCommitted extends WithCopies {
        @Override
        long commitAndTell() {
            copies().clear();
            return commit();
        }
    }

    /** Wrong: whoever has loaded before the change keeps it after. */
    public static final class Removing extends FillRaces {
        private final ConcurrentMap<SchemaKey, Long> kept = new ConcurrentHashMap<>();

        @Override
        long commitAndTell() {
            long revision = commit();
            kept.remove(KEY);
            return revision;
        }

        @Override
        long readThrough() {
            Long there = kept.get(KEY);
            if (there != null) {
                return there;
            }
            long loaded = load();
            kept.put(KEY, loaded);
            return loaded;
        }
    }

    /** Wrong: the change may come between the look at the floor and the filling. */
    public static final class ComparingWhenFilled extends FillRaces {
        private final ConcurrentMap<SchemaKey, Long> kept = new ConcurrentHashMap<>();
        private final Floor floor = new Floor();

        @Override
        long commitAndTell() {
            long revision = commit();
            floor.raise(revision, false);
            kept.remove(KEY);
            return revision;
        }

        @Override
        long readThrough() {
            Long there = kept.get(KEY);
            if (there != null) {
                return there;
            }
            long loaded = load();
            if (floor.admits(seen(loaded))) {
                kept.put(KEY, loaded);
            }
            return loaded;
        }
    }

    /** Wrong: nothing is kept, but whoever joins a load that began before a change is shown what was there before it. */
    public static final class JoiningAnyLoad extends FillRaces {
        private final ConcurrentMap<SchemaKey, CompletableFuture<Long>> flights = new ConcurrentHashMap<>();

        @Override
        long commitAndTell() {
            return commit();
        }

        @Override
        long readThrough() {
            CompletableFuture<Long> flight = new CompletableFuture<>();
            @Nullable CompletableFuture<Long> other = flights.putIfAbsent(KEY, flight);
            if (other != null) {
                return other.join();
            }
            long loaded = load();
            flight.complete(loaded);
            flights.remove(KEY, flight);
            return loaded;
        }
    }
}
