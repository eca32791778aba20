package io.llmschema.storage.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.llmschema.storage.ChangeLog;
import io.llmschema.storage.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether what Redis holds can be believed, and the work of making it so.
 *
 * <p>It can while every change that we were told of is known to Redis. Its states:
 *
 * <pre>
 *   SUSPECT ──► REPAIRING ──► TRUSTED
 *      ▲            │            │      any failed or late command, a lost connection,
 *      └────────────┴────────────┘      other servers in the cluster
 * </pre>
 *
 * <p>Only TRUSTED is Redis read or filled. At the start it is SUSPECT. One thread repairs: it makes a new connection, sees whether Redis
 * can be written to, and brings it up to date:
 *
 * <ul>
 *   <li>A change told while it is SUSPECT is not sent but <em>owed</em>; one that could not be delivered is owed as well. A repair
 *       delivers all that is owed. If too much is owed, everything is forgotten instead.
 *   <li>A server that we did not trust before (at the start, after a restart or a failover: its {@code run_id} or {@code master_replid} is another) may hold what
 *       an older one left it, from a snapshot or as a replica. An entry lives for {@code ttl}, so all changes of that time
 *       and a {@link #MARGIN} are asked of the log and delivered; if there are too many, everything is forgotten.
 * </ul>
 *
 * <p>No change can slip through between these, because of this order. A call of {@link #deliver} and a change of state exclude each other
 * by the lock. So a change is told either before REPAIRING: then it is owed, and was committed before the log was asked; or after:
 * then it is sent on the connection under repair. If that fails, it is owed and the state SUSPECT, both in one hold of the lock; and
 * TRUSTED follows only on a REPAIRING of the same connection. Hence when TRUSTED begins nothing is owed but what was delivered, and when
 * {@code deliver} has returned its changes are known to Redis or Redis is not read before they are.
 *
 * <p>State, debts and clearings are guarded by the lock; the state is read without it.
 */
final class RedisTrust implements AutoCloseable {
    /** The most subjects whose changes are replayed; beyond, everything is forgotten. */
    static final int MAX_REPLAYED_SUBJECTS = 20_000;

    /** The most floors that are owed a change; beyond, everything is forgotten. */
    static final int MAX_OWED = 100_000;

    /** How many commands are sent before their answers are awaited. */
    static final int MAX_PIPELINED = 500;

    /** Clocks differ, and a change is some time in the making before it is in the log. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** How long a repair, which nobody waits for, waits for an answer. */
    private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(1);

    /** How long the probe lives. */
    private static final Duration PROBE_TTL = Duration.ofSeconds(10);

    private static final int KEYS_SCANNED_AT_ONCE = 1_000;

    private sealed interface State {
        record Suspect() implements State {}

        record Repairing(RedisLink link) implements State {}

        record Trusted(RedisLink link) implements State {}

        record Closed() implements State {}
    }

    private final RedisConfig config;
    private final RedisKeys keys;
    private final RedisConnector connector;
    private final ChangeLog log;
    private final Troubles troubles;
    private final LongAdder timesSuspect = new LongAdder();
    private final Thread repairer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Floor.Raise> owed = new HashMap<>();
    private long clearingsAsked;
    private long clearingsDone;
    private volatile State state = new State.Suspect();

    /** What all servers were known by when Redis was trusted last: processes, and the histories they keep. Used by the repairer only. */
    private Set<String> knownServers = Set.of();

    RedisTrust(RedisConfig config, RedisKeys keys, ChangeLog log, Troubles troubles) {
        this.config = config;
        this.keys = keys;
        this.log = log;
        this.troubles = troubles;
        this.connector = new RedisConnector(config);
        this.repairer = Thread.ofVirtual().name("redis-repair").unstarted(this::repairForEver);
    }

    /** Begins the first repair. */
    void start() {
        connector.onOtherOwners(this::distrustWhateverThereIs);
        repairer.start();
    }

    /** The connection that may be read and filled; null if Redis is not trusted. Costs nothing. */
    @Nullable
    RedisLink trusted() {
        return state instanceof State.Trusted(RedisLink link) ? link : null;
    }

    long timesSuspect() {
        return timesSuspect.sum();
    }

    boolean awaitTrusted(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!(state instanceof State.Trusted) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return state instanceof State.Trusted;
    }

    /**
     * Trusts Redis no more, if this is the connection by which it is trusted or repaired. Does not wait.
     *
     * @return whether it was; if not, somebody else was faster
     */
    boolean distrust(RedisLink link) {
        lock.lock();
        try {
            RedisLink current = current();
            if (current == null || !current.equals(link)) {
                return false;
            }
            becomeSuspect(current);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void distrustWhateverThereIs() {
        lock.lock();
        try {
            RedisLink current = current();
            if (current != null) {
                becomeSuspect(current);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection by which Redis is trusted or repaired. */
    private @Nullable RedisLink current() {
        return switch (state) {
            case State.Repairing(RedisLink link) -> link;
            case State.Trusted(RedisLink link) -> link;
            case State.Suspect _, State.Closed _ -> null;
        };
    }

    private void becomeSuspect(RedisLink link) {
        if (state instanceof State.Trusted) {
            timesSuspect.increment();
        }
        state = new State.Suspect();
        changed.signalAll();
        // Everyone who waits for an answer on it goes on at once.
        var _ = link.abandon();
    }

    /** Sees to it that Redis knows these changes before it is read again. Waits for its answers, not for a repair. */
    void deliver(Map<String, Floor.Raise> raises) {
        RedisLink link = linkOrOwe(raises);
        if (link == null) {
            return;
        }
        try {
            raise(link, raises, config.commandTimeout());
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            troubles.count(e);
            lock.lock();
            try {
                // A repair may have ended meanwhile, without these: then what it made of Redis is not to be trusted
                // either.
                owe(raises);
                distrustWhateverThereIs();
            } finally {
                lock.unlock();
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable RedisLink linkOrOwe(Map<String, Floor.Raise> raises) {
        lock.lock();
        try {
            RedisLink link = current();
            if (link == null && !(state instanceof State.Closed)) {
                owe(raises);
            }
            return link;
        } finally {
            lock.unlock();
        }
    }

    private void owe(Map<String, Floor.Raise> raises) {
        raises.forEach((floor, raise) -> owed.merge(floor, raise, Floor.Raise::max));
        if (owed.size() > MAX_OWED) {
            owed.clear();
            clearingsAsked++;
        }
    }

    /** Has everything forgotten before Redis is read again. Waits a little for that, though it need not. */
    void clear() {
        lock.lock();
        try {
            clearingsAsked++;
            if (state instanceof State.Trusted(RedisLink link)) {
                state = new State.Repairing(link);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        awaitTrusted(config.commandTimeout());
    }

    private void repairForEver() {
        Duration pause = Duration.ZERO;
        long trustedSince = System.nanoTime();
        boolean wasTrusted = false;
        try {
            while (awaitWork()) {
                if (wasTrusted && System.nanoTime() - trustedSince > LONGEST_PAUSE.toNanos()) {
                    // A Redis that is lost as soon as it is trusted is tried no faster than one that is out of reach.
                    pause = Duration.ZERO;
                }
                if (current() == null) {
                    Thread.sleep(pause);
                    pause = afterwards(pause);
                }
                wasTrusted = repair();
                trustedSince = System.nanoTime();
            }
        } catch (InterruptedException e) {
            // It is closed, which is the only reason to interrupt this thread.
        }
    }

    private static Duration afterwards(Duration pause) {
        Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Waits until there is something to repair; false: never again. */
    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (state instanceof State.Trusted) {
                changed.await();
            }
            return !(state instanceof State.Closed);
        } finally {
            lock.unlock();
        }
    }

    /** Whether Redis is trusted then. */
    private boolean repair() throws InterruptedException {
        RedisLink link = null;
        try {
            link = linkToRepair();
            Set<String> servers = prepare(link);
            Debts debts;
            do {
                debts = debts();
                bringUpToDate(link, servers, debts);
            } while (!endRepair(link, servers, debts));
            return link.equals(trusted());
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (link == null || distrust(link)) {
                troubles.count(e);
            }
            return false;
        }
    }

    /** The connection that is under repair already, or a new one. */
    private RedisLink linkToRepair() {
        RedisLink there = current();
        if (there != null) {
            return there;
        }
        RedisLink made = connector.connect();
        lock.lock();
        try {
            if (state instanceof State.Closed) {
                var _ = made.abandon();
            } else {
                state = new State.Repairing(made);
            }
        } finally {
            lock.unlock();
        }
        return made;
    }

    /** Makes sure that Redis can be written to and has our scripts; what all that keep keys are known by, if they tell. */
    private Set<String> prepare(RedisLink link) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            await(
                    List.of(Script.OPEN.<byte[]>run(
                            link.commands(),
                            new byte[][] {keys.probe()},
                            Floor.of(0).toBytes(),
                            RedisKeys.bytes(Long.toString(PROBE_TTL.toMillis())))),
                    REPAIR_TIMEOUT);
        } catch (ExecutionException e) {
            if (!Troubles.isFull(e)) {
                throw e;
            }
        }
        List<RedisClusterAsyncCommands<byte[], byte[]>> masters = link.masters();
        await(
                masters.stream()
                        .flatMap(master -> Arrays.stream(Script.values()).map(script -> script.load(master)))
                        .toList(),
                REPAIR_TIMEOUT);
        List<CompletableFuture<String>> answers = masters.stream()
                .map(master -> master.info().toCompletableFuture())
                .toList();
        await(answers, REPAIR_TIMEOUT);
        if (!answers.stream().allMatch(answer -> answer.join().lines().anyMatch("role:master"::equals))) {
            // The probe need not have written, if another node had made it.
            throw new ExecutionException(new IllegalStateException("it is a replica"));
        }
        return answers.stream()
                .flatMap(answer -> answer.join().lines())
                .filter(line -> line.startsWith("run_id:") || line.startsWith("master_replid:"))
                .collect(Collectors.toSet());
    }

    /** What must be made good before Redis is read. */
    private record Debts(Map<String, Floor.Raise> owed, long clearings, boolean isClearingAsked) {}

    private Debts debts() {
        lock.lock();
        try {
            return new Debts(Map.copyOf(owed), clearingsAsked, clearingsAsked != clearingsDone);
        } finally {
            lock.unlock();
        }
    }

    private void bringUpToDate(RedisLink link, Set<String> servers, Debts debts)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean areKnown = !servers.isEmpty() && knownServers.containsAll(servers);
        if (debts.isClearingAsked() || (!areKnown && !isReplayed(link))) {
            forgetAll(link);
        }
        raise(link, debts.owed(), REPAIR_TIMEOUT);
    }

    /** Delivers all that happened while the oldest entry may have been there; false if that is not known any more. */
    private boolean isReplayed(RedisLink link) throws InterruptedException, ExecutionException, TimeoutException {
        Changes changes = log.recent(config.ttl().plus(MARGIN), MAX_REPLAYED_SUBJECTS);
        if (!changes.isComplete()) {
            return false;
        }
        raise(link, keys.raises(changes.changes()), REPAIR_TIMEOUT);
        return true;
    }

    /** False if something more is to be forgotten; true if Redis is trusted, or this connection is lost. */
    private boolean endRepair(RedisLink link, Set<String> servers, Debts debts) {
        lock.lock();
        try {
            if (!(state instanceof State.Repairing(RedisLink repaired) && repaired.equals(link))) {
                return true;
            }
            clearingsDone = debts.clearings();
            if (clearingsAsked != clearingsDone) {
                return false;
            }
            // Whatever was owed later took this connection with it, so all that is owed has been delivered.
            owed.clear();
            knownServers = servers;
            state = new State.Trusted(link);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static void raise(RedisLink link, Map<String, Floor.Raise> raises, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<?>> answers = new ArrayList<>();
        for (Map.Entry<String, Floor.Raise> each : raises.entrySet()) {
            answers.add(Script.RAISE.<Long>run(
                    link.commands(),
                    new byte[][] {RedisKeys.bytes(each.getKey())},
                    Floor.bytes(each.getValue().any()),
                    Floor.bytes(each.getValue().altered())));
            if (answers.size() == MAX_PIPELINED) {
                await(answers, atMost);
                answers.clear();
            }
        }
        await(answers, atMost);
    }

    /**
     * Deletes every key that was there before. One that is made meanwhile may stay: what is kept under it was loaded after
     * everything that is to be forgotten.
     */
    private void forgetAll(RedisLink link) throws InterruptedException, ExecutionException, TimeoutException {
        ScanArgs those =
                ScanArgs.Builder.matches(RedisKeys.bytes(keys.pattern())).limit(KEYS_SCANNED_AT_ONCE);
        for (RedisClusterAsyncCommands<byte[], byte[]> master : link.masters()) {
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                var page = master.scan(cursor, those).get(REPAIR_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
                // One by one, because keys of one server's are not of one slot.
                await(page.getKeys().stream().map(link.commands()::unlink).toList(), REPAIR_TIMEOUT);
                cursor = page;
            } while (!cursor.isFinished());
        }
    }

    /** Waits until all have answered. */
    static void await(Collection<? extends Future<?>> answers, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Future<?> answer : answers) {
            answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> abandoned = CompletableFuture.completedFuture(null);
        lock.lock();
        try {
            RedisLink link = current();
            state = new State.Closed();
            changed.signalAll();
            if (link != null) {
                abandoned = link.abandon();
            }
        } finally {
            lock.unlock();
        }
        repairer.interrupt();
        try {
            repairer.join(REPAIR_TIMEOUT);
            await(List.of(abandoned), REPAIR_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What cannot be closed in time is left to the client.
        }
        connector.close();
    }
}
