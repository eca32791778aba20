package io.llmschema.storage.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.SubjectChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fast way to tell the other nodes of changes: publish and subscribe in Redis.
 *
 * <p>It is the fast way and not the sure one. What is told while Redis, or a connection to it, is in trouble is lost without a word, so
 * the history of the store must be followed as well. It mends itself: one thread connects, subscribes, sees every {@link
 * #PING_PAUSE} whether both connections answer, and begins anew if one does not.
 *
 * <p>Safe for many threads. Listeners are called by one thread of its own, one message after the other.
 */
public final class RedisInvalidations implements InvalidationChannel {
    /** The most changes and versions in one message; more are told in several. */
    static final int MAX_TOLD_AT_ONCE = 500;

    /** The most messages on their way to Redis; further ones are dropped. */
    static final int MAX_MESSAGES_IN_FLIGHT = 1_000;

    /** The most messages that wait for the listeners; further ones are dropped. */
    static final int MAX_MESSAGES_WAITING = 1_000;

    private static final System.Logger LOG = System.getLogger(RedisInvalidations.class.getName());

    private static final Duration PING_PAUSE = Duration.ofSeconds(1);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CONNECT_PAUSE = Duration.ofMillis(250);

    private final RedisConfig config;
    private final RedisConnector connector;
    private final Troubles troubles;
    private final String channel;
    private final UUID node = UUID.randomUUID();
    private final Semaphore places = new Semaphore(MAX_MESSAGES_IN_FLIGHT);
    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(MAX_MESSAGES_WAITING);
    private final List<Consumer<List<SubjectChange>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread keeper = Thread.ofVirtual().name("redis-channel").unstarted(this::keepConnected);
    private final Thread teller = Thread.ofVirtual().name("redis-changes").unstarted(this::tell);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable RedisLink link;
    private volatile boolean isClosed;

    /** A channel that connects in the background. */
    public RedisInvalidations(RedisConfig config) {
        this.config = config;
        this.connector = new RedisConnector(config);
        this.troubles = new Troubles(config.address());
        this.channel = new RedisKeys(config.prefix()).channel();
        keeper.start();
        teller.start();
    }

    /** Tells the other nodes, if that can be done now. Neither waits nor throws. */
    @Override
    public void publish(List<SubjectChange> changes) {
        for (List<SubjectChange> part : split(changes)) {
            RedisLink connected = link;
            if (connected == null || !places.tryAcquire()) {
                return;
            }
            CompletableFuture<Long> sent;
            try {
                byte[] message = SchemaCodec.encode(channel, new SchemaCodec.Message(node, part));
                sent = connected
                        .commands()
                        .publish(RedisKeys.bytes(channel), message)
                        .toCompletableFuture();
            } catch (RuntimeException e) {
                sent = CompletableFuture.failedFuture(e);
            }
            var _ = sent.orTimeout(PING_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, failure) -> {
                places.release();
                if (failure != null) {
                    troubles.count(failure);
                    lose(connected);
                }
            });
        }
    }

    /** The same changes in parts of {@link #MAX_TOLD_AT_ONCE} at most; one with many versions becomes several. */
    static List<List<SubjectChange>> split(List<SubjectChange> changes) {
        List<List<SubjectChange>> parts = new ArrayList<>();
        List<SubjectChange> part = new ArrayList<>();
        int room = MAX_TOLD_AT_ONCE;
        for (SubjectChange change : changes) {
            int from = 0;
            do {
                if (room < 2 && !part.isEmpty()) {
                    parts.add(part);
                    part = new ArrayList<>();
                    room = MAX_TOLD_AT_ONCE;
                }
                int to = Math.min(change.versions().size(), from + room - 1);
                part.add(new SubjectChange(
                        change.subject(),
                        change.revision(),
                        change.kind(),
                        change.versions().subList(from, to)));
                room -= 1 + to - from;
                from = to;
            } while (from < change.versions().size());
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** Has it told from now on what other nodes publish. It should not take long, and may be told twice, late or never. */
    @Override
    public void subscribe(Consumer<List<SubjectChange>> listener) {
        listeners.add(listener);
    }

    /** Waits until it is connected, for so long at most; whether it is. */
    public boolean awaitConnected(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (link == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return link != null;
    }

    private void lose(RedisLink lost) {
        lock.lock();
        try {
            if (lost.equals(link)) {
                link = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepConnected() {
        while (!isClosed) {
            try {
                stayConnected();
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                if (!isClosed) {
                    troubles.count(e);
                }
            } catch (InterruptedException e) {
                // Closed.
                return;
            }
        }
    }

    /** Connects, and returns or throws when a connection is lost. */
    private void stayConnected() throws InterruptedException, ExecutionException, TimeoutException {
        Thread.sleep(CONNECT_PAUSE);
        RedisLink made = connector.connect();
        try (StatefulRedisPubSubConnection<byte[], byte[]> heard = connector.connectPubSub()) {
            heard.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(byte[] from, byte[] message) {
                    // The thread that reads the connection must not wait; what does not fit in is told by the store.
                    var _ = received.offer(message);
                }
            });
            RedisTrust.await(
                    List.of(heard.async().subscribe(RedisKeys.bytes(channel)).toCompletableFuture()), PING_TIMEOUT);
            become(made);
            while (awaitLoss(made)) {
                RedisTrust.await(
                        List.of(
                                heard.async().ping().toCompletableFuture(),
                                made.commands().ping().toCompletableFuture()),
                        PING_TIMEOUT);
            }
        } finally {
            lose(made);
            var _ = made.abandon();
        }
    }

    private void become(RedisLink made) {
        lock.lock();
        try {
            link = made;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@link #PING_PAUSE}; false as soon as the connection is lost. */
    private boolean awaitLoss(RedisLink made) throws InterruptedException {
        long left = PING_PAUSE.toNanos();
        lock.lock();
        try {
            while (made.equals(link) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return made.equals(link);
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        try {
            while (!isClosed) {
                SchemaCodec.decodeMessage(channel, received.take())
                        .filter(message -> !message.sender().equals(node))
                        .ifPresent(message -> listeners.forEach(listener -> tell(listener, message.changes())));
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private static void tell(Consumer<List<SubjectChange>> listener, List<SubjectChange> changes) {
        try {
            listener.accept(changes);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed on changes of another node", e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        keeper.interrupt();
        teller.interrupt();
        try {
            keeper.join(PING_TIMEOUT);
            teller.join(PING_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connector.close();
    }

    @Override
    public String toString() {
        return "RedisInvalidations[" + config.address() + "]";
    }
}
