package io.llmschema.cli.migrate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work done by several virtual threads at a time, begun in the order in which it is given.
 *
 * <p>The first failure ends it: what has begun is finished, nothing else is begun, and the failure is thrown. {@link Stopped} is thrown when somebody
 * wants to stop.
 */
final class SideBySide {
    private final int width;
    private final BooleanSupplier isToStop;

    /** @param width so many pieces of work at a time */
    SideBySide(int width, BooleanSupplier isToStop) {
        this.width = width;
        this.isToStop = isToStop;
    }

    <T> void each(Collection<T> items, Consumer<T> work) {
        map(items, item -> {
            work.accept(item);
            return item;
        });
    }

    /** What comes of each, in the order of the items. */
    <T, R> List<R> map(Collection<T> items, Function<T, R> work) {
        Semaphore permits = new Semaphore(width);
        AtomicBoolean hasFailed = new AtomicBoolean();
        List<Future<R>> begun = new ArrayList<>(items.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T item : items) {
                permits.acquireUninterruptibly();
                if (hasFailed.get() || isToStop.getAsBoolean()) {
                    break;
                }
                begun.add(threads.submit(() -> {
                    boolean isGood = false;
                    try {
                        R result = work.apply(item);
                        isGood = true;
                        return result;
                    } finally {
                        hasFailed.compareAndSet(false, !isGood);
                        permits.release();
                    }
                }));
            }
        }
        List<R> results = begun.stream().map(SideBySide::resultOf).toList();
        if (results.size() < items.size()) {
            throw new Stopped();
        }
        return results;
    }

    private static <R> R resultOf(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }
}
