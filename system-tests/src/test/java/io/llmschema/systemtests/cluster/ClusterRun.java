package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.cluster.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of a cluster that write and read a few subjects at random for a while, and all that they were answered.
 *
 * <p>Its random decisions follow from the seed; when each is carried out does not.
 */
final class ClusterRun {
    private static final int WRITERS = 3;
    private static final int READERS = 6;
    private static final int SLOTS = 4;

    /** A subject with so many versions makes room for a new one. */
    private static final int MAX_VERSIONS = 40;

    /** Of the time of the run, one part in so many is without trouble, to measure by. */
    private static final int QUIET_PART = 3;

    /** How long clients may take to end. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final History[] slots = new History[SLOTS];
    private final List<History> histories = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Prober prober;
    private final Chaos chaos;
    private final Queue<Violation> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long quietMillis;

    /** @param hasChaos whether trouble is made meanwhile */
    ClusterRun(Cluster cluster, long seed, boolean hasChaos) {
        this.cluster = cluster;
        Random seeds = new Random(seed);
        for (int slot = 0; slot < SLOTS; slot++) {
            renew(slot);
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(new Writer(this, seeds.nextLong()));
        }
        for (int reader = 0; reader < READERS; reader++) {
            readers.add(new Reader(this, reader, reader % 2 == 0, seeds.nextLong()));
        }
        this.prober = new Prober(this, seeds.nextLong());
        this.chaos = new Chaos(this, hasChaos, seeds.nextLong());
    }

    /** Lets all clients work for so long, the first part of it without trouble, or until one cannot go on. */
    void run(Duration howLong) throws Exception {
        quietMillis = howLong.dividedBy(QUIET_PART).toMillis();
        List<Callable<?>> parts = new ArrayList<>(writers);
        parts.addAll(readers);
        parts.add(prober);
        parts.add(chaos);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            parts.forEach(part -> working.add(threads.submit(() -> part(part))));
            stopped.await(howLong.toMillis(), TimeUnit.MILLISECONDS);
            stopped.countDown();
            for (Future<?> part : working) {
                part.get(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a part of the test has failed\n" + cluster.outputs(), e);
        }
    }

    private <T> T part(Callable<T> part) throws Exception {
        try {
            return part.call();
        } finally {
            // One that ends before the others has failed.
            stopped.countDown();
        }
    }

    /** How long it is before there may be trouble. */
    long quietMillis() {
        return quietMillis;
    }

    /** Whether there is, or was, trouble. */
    boolean isTroubled() {
        return chaos.hasBegun();
    }

    Cluster cluster() {
        return cluster;
    }

    /** Waits that long; false when it is time to end. */
    boolean goesOnAfter(long millis) throws InterruptedException {
        return !stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    /** One of the present subjects. */
    synchronized History history(Random random) {
        return slots[random.nextInt(SLOTS)];
    }

    /** Any subject there has been. */
    synchronized History anyHistory(Random random) {
        return histories.get(random.nextInt(histories.size()));
    }

    private void renew(int slot) {
        History history = new History("s-" + histories.size());
        slots[slot] = history;
        histories.add(history);
    }

    /** Another subject takes the place of one that has become long. */
    synchronized void retire(History history) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots[slot] == history && history.last().truth().versions().size() >= MAX_VERSIONS) {
                renew(slot);
            }
        }
    }

    /** Takes note of a request that was answered in a way that the domain has no reason for. */
    void fail(Node node, String request, Answer answer) {
        failures.add(new Violation(Kind.FAILED, node + " answered " + request + ": " + answer));
    }

    void count() {
        requests.incrementAndGet();
    }

    /** Every promise that was not kept. */
    List<Violation> violations(Duration bound) {
        List<History> all;
        synchronized (this) {
            all = List.copyOf(histories);
        }
        Checker checker = new Checker(all, bound);
        List<Violation> violations = new ArrayList<>(failures);
        readers.forEach(reader -> violations.addAll(checker.check(reader.observations())));
        return violations;
    }

    @Override
    public synchronized String toString() {
        return "%d requests, %d writes and %d refusals over %d subjects, %d observations, chaos: %s; until other nodes showed a change: %s"
                .formatted(
                        requests.get(),
                        writers.stream().mapToInt(Writer::writes).sum(),
                        writers.stream().mapToInt(Writer::refusals).sum(),
                        histories.size(),
                        readers.stream()
                                .mapToInt(reader -> reader.observations().size())
                                .sum(),
                        chaos,
                        prober);
    }
}
