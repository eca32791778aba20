package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.Seen;
import io.llmschema.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That an answer which was on its way while its subject changed is never kept, whatever Redis forgets meanwhile. */
class RedisStaleFillTest {
    private final RedisServer server = RedisServer.start();
    private final RedisConfig config = TestRedis.patient(server.url());
    private final Registry registry = new Registry();
    private final RedisSchemaCache cache = TestRedis.trusted(config, registry.storage);
    private final SchemaKey latest = registry.latest();

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    /** A load that lasts as long as something takes. */
    private Seen<Schema> getWhile(Runnable something) {
        return cache.get(latest, _ -> true, key -> {
            Seen<Schema> before = registry.storage.see(key);
            something.run();
            return before;
        });
    }

    private void assertIsNew() {
        assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
        Eventually.await("it is kept again", () -> registry.isKept(cache, latest));
        assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
    }

    @Test
    void fill_thatAChangeOvertook_isDeclined() {
        registry.register();
        getWhile(() -> {
            registry.register();
            cache.apply(registry.changes());
        });

        Eventually.await("declined", () -> cache.statistics().declinedFills() == 1);
        assertIsNew();
    }

    @Test
    void fill_afterFlush_isDeclined() {
        registry.register();
        getWhile(() -> {
            registry.register();
            cache.apply(registry.changes());
            server.command("FLUSHALL");
        });

        Eventually.await("declined", () -> cache.statistics().declinedFills() == 1);
        assertIsNew();
    }

    @Test
    void fill_afterFlushBeforeTheChange_isDeclined() {
        registry.register();
        getWhile(() -> {
            server.command("FLUSHALL");
            registry.register();
            cache.apply(registry.changes());
            // Another load makes a new floor, which knows nothing of the change.
            registry.get(cache, latest);
        });

        Eventually.await("declined", () -> cache.statistics().declinedFills() == 1);
        assertIsNew();
    }

    @Test
    void fill_afterEvictionOfTheFloor_isDeclined() {
        registry.register();
        getWhile(() -> {
            List<String> floors =
                    server.command("KEYS", config.prefix() + ":f{s:*").lines().toList();
            floors.forEach(floor -> server.command("DEL", floor));
            registry.register();
            cache.apply(registry.changes());
        });

        Eventually.await("declined", () -> cache.statistics().declinedFills() == 1);
        assertIsNew();
    }

    @Test
    void fill_afterRestart_isDeclinedOrLost() {
        registry.register();
        getWhile(() -> {
            server.restart();
            registry.register();
            cache.apply(registry.changes());
            registry.get(cache, latest);
            assertThat(cache.awaitTrusted(TestRedis.LONG)).isTrue();
            registry.get(cache, latest);
        });

        assertIsNew();
    }

    @Test
    void entry_whoseFloorWasEvicted_countsNoMore() {
        SchemaSummary first = registry.register();
        registry.get(cache, latest);
        Eventually.await("it is kept", () -> registry.isKept(cache, latest));
        server.command("KEYS", config.prefix() + ":f{*").lines().forEach(floor -> server.command("DEL", floor));
        registry.deprecate(first);
        cache.apply(registry.changes());

        assertIsNew();
    }

    @Test
    void scripts_thatRedisForgot_areSentAgain() {
        registry.register();
        server.command("SCRIPT", "FLUSH");
        registry.get(cache, latest);
        Eventually.await("it is kept", () -> registry.isKept(cache, latest));
        server.command("SCRIPT", "FLUSH");
        registry.register();
        cache.apply(registry.changes());

        assertIsNew();
        assertThat(cache.statistics().failures()).isZero();
        assertThat(cache.statistics().timesSuspect()).isZero();
    }
}
