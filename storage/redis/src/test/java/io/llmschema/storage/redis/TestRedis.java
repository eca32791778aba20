package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.storage.ChangeLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RedisServer;
import java.time.Duration;
import java.util.UUID;

/** One real Redis for the tests of this JVM that leave it alone, and caches that are trusted. */
final class TestRedis {
    /** Long enough for whatever is to come; a test that waits for so long has failed. */
    static final Duration LONG = Duration.ofSeconds(20);

    /** For tests of what is answered, not how fast: a busy machine must not look like a Redis in trouble. */
    static final Duration PATIENT = Duration.ofSeconds(5);

    private static final RedisServer SHARED = RedisServer.start();

    private TestRedis() {}

    static RedisServer shared() {
        return SHARED;
    }

    /** With keys that no other test has. */
    static RedisConfig patient(String url) {
        return RedisConfig.of(url).withCommandTimeout(PATIENT).withPrefix("test-" + UUID.randomUUID());
    }

    /** The history of a store in which nothing happens. */
    static ChangeLog quiet() {
        return new InMemoryStorage(new JsonContainment());
    }

    static RedisSchemaCache trusted(RedisConfig config, ChangeLog log) {
        RedisSchemaCache cache = new RedisSchemaCache(config, log);
        assertThat(cache.awaitTrusted(LONG)).isTrue();
        return cache;
    }
}
