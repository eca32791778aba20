package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That trouble with Redis costs time, and little of it, but never an answer, and ends by itself. */
class RedisTroubleTest {
    private static final Duration TIMEOUT = Duration.ofMillis(50);
    private static final int CALLS = 200;

    /** What {@value #CALLS} calls may take: far less than as many time-outs. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private RedisServer server = RedisServer.start();
    private final Registry registry = new Registry();
    private RedisSchemaCache cache = open();
    private final SchemaKey latest = registry.latest();

    private RedisSchemaCache open() {
        return TestRedis.trusted(
                RedisConfig.of(server.url()).withCommandTimeout(TIMEOUT).withPrefix("test-" + UUID.randomUUID()),
                registry.storage);
    }

    private void restartWith(String... arguments) {
        cache.close();
        server.close();
        server = RedisServer.builder().arguments(arguments).start();
        cache = open();
    }

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    private void keepLatest() {
        registry.get(cache, latest);
        Eventually.await("it is kept", () -> registry.isKept(cache, latest));
    }

    private void assertAnswersSoon() {
        long begun = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
            assertThat(cache.getAll(List.of(latest), registry.storage::seeAll))
                    .isEqualTo(Map.of(latest, registry.storage.see(latest)));
            if (i % 10 == 0) {
                registry.register();
                cache.apply(registry.changes());
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    private void assertRecovers() {
        Eventually.await("it is kept again", () -> registry.isKept(cache, latest));
        assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
    }

    @Test
    void killed_answersGoOnAndItComesBack() {
        registry.register();
        keepLatest();
        server.kill();

        assertAnswersSoon();
        assertThat(cache.statistics().isTrusted()).isFalse();
        server.restart();

        assertRecovers();
    }

    @Test
    void frozen_answersGoOnAndItComesBack() {
        registry.register();
        keepLatest();
        server.freeze();

        assertAnswersSoon();
        assertThat(cache.statistics().isTrusted()).isFalse();
        server.thaw();

        assertRecovers();
    }

    @Test
    void frozen_whatCouldNotBeToldIsToldBeforeAnythingIsRead() {
        SchemaSummary schema = registry.register();
        keepLatest();
        for (int i = 0; i < 5; i++) {
            server.freeze();
            registry.deprecate(schema);
            cache.apply(registry.changes());
            server.thaw();

            Eventually.await("trusted, and right all the time", () -> {
                assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
                return cache.statistics().isTrusted();
            });
            assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
            keepLatest();
        }
    }

    @Test
    void killedAndStartedEmpty_knowsNothingOld() {
        SchemaSummary schema = registry.register();
        keepLatest();
        server.kill();
        registry.deprecate(schema);
        cache.apply(registry.changes());
        server.restart();

        assertRecovers();
    }

    @Test
    void startedBeforeRedis_isTrustedOnceRedisIsThere() {
        registry.register();
        server.kill();
        try (RedisSchemaCache early = new RedisSchemaCache(RedisConfig.of(server.url()), registry.storage)) {
            assertThat(registry.get(early, latest)).isEqualTo(registry.storage.see(latest));
            server.restart();

            assertThat(early.awaitTrusted(TestRedis.LONG)).isTrue();
        }
    }

    @Test
    void startedAgain_learnsWhatHappenedWhileNobodyListened() {
        RedisConfig config = TestRedis.patient(server.url());
        SchemaSummary schema = registry.register();
        try (RedisSchemaCache first = TestRedis.trusted(config, registry.storage)) {
            registry.get(first, latest);
            Eventually.await("it is kept", () -> registry.isKept(first, latest));
        }
        registry.deprecate(schema);

        try (RedisSchemaCache second = TestRedis.trusted(config, registry.storage)) {
            assertThat(registry.get(second, latest)).isEqualTo(registry.storage.see(latest));
        }
    }

    @Test
    void slow_answersGoOnAndItComesBack() {
        registry.register();
        keepLatest();
        server.command("CLIENT", "PAUSE", "2000", "ALL");

        assertAnswersSoon();
        assertRecovers();
    }

    @Test
    void full_answersGoOnAndChangesAreTold() {
        restartWith("--maxmemory", "3mb", "--maxmemory-policy", "noeviction");
        registry.register();
        keepLatest();
        fill();

        assertAnswersSoon();
        assertThat(cache.statistics().isTrusted()).isTrue();
        server.command("FLUSHALL");

        assertRecovers();
    }

    /** Until it takes no more. */
    private void fill() {
        String ballast = "x".repeat(50_000);
        for (int i = 0; i < 200; i++) {
            try {
                server.command("SET", "ballast-" + i, ballast);
            } catch (IllegalStateException full) {
                assertThat(full).hasMessageContaining("OOM");
                return;
            }
        }
    }

    @Test
    void evicting_answersStayRight() {
        restartWith("--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru");
        registry.register();
        for (int i = 0; i < CALLS; i++) {
            server.command("SET", "ballast-" + i, "x".repeat(50_000));
            if (i % 3 == 0) {
                registry.register();
                cache.apply(registry.changes());
            }

            assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
        }
    }

    @Test
    void garbageUnderItsKeys_isAMissAndHealed() {
        cache.close();
        cache = TestRedis.trusted(TestRedis.patient(server.url()), registry.storage);
        registry.register();
        keepLatest();
        List<String> keys = server.command("KEYS", "*").lines().toList();
        assertThat(keys).hasSizeGreaterThanOrEqualTo(2);
        for (String garbage : List.of("", "garbage", "\u0001".repeat(25), "\u0001".repeat(500))) {
            keys.forEach(key -> server.command("SET", key, garbage));
            assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
            registry.register();
            cache.apply(registry.changes());
            assertThat(registry.get(cache, latest)).isEqualTo(registry.storage.see(latest));
            server.command("FLUSHALL");
        }
        keys.forEach(key -> server.command("RPUSH", key, "of", "another", "type"));

        assertRecovers();
        assertThat(cache.statistics().timesSuspect()).isZero();
    }

    @Test
    void loseConnection_isNoticedAndMended() {
        registry.register();
        keepLatest();
        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        assertAnswersSoon();
        assertRecovers();
        assertThat(cache.statistics().timesSuspect()).isPositive();
    }

    @Test
    void oweMoreThanIsKept_forgetsAll() {
        SchemaSummary schema = registry.register();
        keepLatest();
        server.freeze();
        registry.deprecate(schema);
        List<SubjectChange> changes = registry.changes();
        cache.apply(changes);
        SubjectChange change = changes.getFirst();
        for (int i = 0; i < RedisTrust.MAX_OWED + 1; i += 1_000) {
            cache.apply(List.of(new SubjectChange(
                    change.subject(),
                    change.revision(),
                    change.kind(),
                    IntStream.range(0, 1_000)
                            .mapToObj(_ -> new SubjectChange.Version(
                                    new SchemaId(change.subject().tenant(), UUID.randomUUID()), 1, null))
                            .toList())));
        }
        server.thaw();

        assertRecovers();
    }

    @Test
    void apply_thousandsOfVersions_isTold() {
        SchemaSummary schema = registry.register();
        SchemaKey byId = new SchemaKey.ById(schema.id());
        keepLatest();
        registry.get(cache, byId);
        Eventually.await("it is kept", () -> registry.isKept(cache, byId));
        registry.deprecate(schema);
        SubjectChange change = registry.changes().getLast();
        List<SubjectChange.Version> versions = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            versions.add(
                    new SubjectChange.Version(new SchemaId(change.subject().tenant(), UUID.randomUUID()), 1, null));
        }
        versions.addAll(change.versions());
        cache.apply(List.of(new SubjectChange(change.subject(), change.revision(), change.kind(), versions)));

        assertThat(registry.get(cache, byId)).isEqualTo(registry.storage.see(byId));
    }

    @Test
    void twoNodes_agree() {
        RedisConfig config = TestRedis.patient(server.url());
        SchemaSummary schema = registry.register();
        try (RedisSchemaCache one = TestRedis.trusted(config, registry.storage);
                RedisSchemaCache two = TestRedis.trusted(config, registry.storage)) {
            registry.get(one, latest);

            Eventually.await("the other has it too", () -> registry.isKept(two, latest));
            registry.deprecate(schema);
            one.apply(registry.changes());

            assertThat(registry.get(two, latest)).isEqualTo(registry.storage.see(latest));
        }
    }
}
