package io.llmschema.testkit;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ObservableStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that can be away, or be another node's: what it commits then is told by the feed only. It counts what it is asked. */
public final class FailingStorage {
    private static final Set<String> NEVER_FAILING = Set.of("follow", "onCommit", "close", "toString", "hashCode");

    private final ObservableStorage storage;
    private final boolean isToldOfCommits;
    private final AtomicInteger sights = new AtomicInteger();
    private final AtomicInteger settingsSights = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean isAway;
    private volatile boolean isMute;

    /** @param isToldOfCommits whether listeners are told of what is committed through it */
    public FailingStorage(ObservableStorage storage, boolean isToldOfCommits) {
        this.storage = storage;
        this.isToldOfCommits = isToldOfCommits;
    }

    /** From now on every question and change is refused, and the feed fails. */
    public void goAway() {
        isAway = true;
    }

    /** From now on it answers again, and the feed goes on where it was. */
    public void comeBack() {
        isAway = false;
        isMute = false;
    }

    /** From now on the feed tells nothing, for ever; all else works. */
    public void fallSilent() {
        isMute = true;
    }

    /** From now on it answers no question for a schema until the latch is open. */
    public void hold(CountDownLatch open) {
        held = open;
    }

    /** How often it was asked for a schema. */
    public int sights() {
        return sights.get();
    }

    /** How often it was asked for what is set. */
    public int settingsSights() {
        return settingsSights.get();
    }

    public ObservableStorage asStorage() {
        return (ObservableStorage) Proxy.newProxyInstance(
                ObservableStorage.class.getClassLoader(),
                new Class<?>[] {ObservableStorage.class},
                (_, method, arguments) -> call(method, arguments));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (isAway && !NEVER_FAILING.contains(name)) {
            throw away();
        }
        if (name.equals("onCommit") && !isToldOfCommits) {
            return null;
        }
        if (name.equals("see")) {
            sights.incrementAndGet();
            held.await();
        }
        if (name.equals("seeSettings")) {
            settingsSights.incrementAndGet();
        }
        Object result = invoke(storage, method, arguments);
        return result instanceof ChangeFeed feed ? failing(feed) : result;
    }

    private ChangeFeed failing(ChangeFeed feed) {
        return (ChangeFeed) Proxy.newProxyInstance(
                ChangeFeed.class.getClassLoader(), new Class<?>[] {ChangeFeed.class}, (_, method, arguments) -> {
                    if (isAway && method.getName().equals("next")) {
                        throw away();
                    }
                    Object result = invoke(feed, method, arguments);
                    // What it was waiting for when it fell silent is not told either.
                    if (isMute && method.getName().equals("next")) {
                        throw away();
                    }
                    return result;
                });
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static StorageUnavailable away() {
        return new StorageUnavailable("it is away", new IllegalStateException("a test has sent it away"));
    }
}
