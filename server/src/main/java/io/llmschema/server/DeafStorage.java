package io.llmschema.server;

import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.Changes;
import io.llmschema.storage.ObservableStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;

/**
 * A store that tells nobody of its changes, only how far it has come: a hook for the test that must see caches fail without them.
 *
 * <p>Never for use: whatever is kept of such a store becomes outdated.
 */
final class DeafStorage {
    /** The system property that has a server use it. */
    static final String PROPERTY = "llmschema.unsafe.ignore-changes";

    private DeafStorage() {}

    static ObservableStorage of(ObservableStorage storage) {
        return (ObservableStorage) Proxy.newProxyInstance(
                DeafStorage.class.getClassLoader(),
                new Class<?>[] {ObservableStorage.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "onCommit" -> null;
                    case "follow" -> new DeafFeed(storage.follow());
                    default -> answer(storage, method, arguments);
                });
    }

    private static Object answer(ObservableStorage storage, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(storage, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private record DeafFeed(ChangeFeed feed) implements ChangeFeed {
        @Override
        public Changes next(Duration atMost) {
            Changes changes = feed.next(atMost);
            return new Changes(List.of(), changes.upTo(), changes.asOf(), true);
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
