package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaId;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.RedisCluster;
import io.llmschema.testkit.RedisServer;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisInvalidationsTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    private static SubjectChange change(int versions) {
        return new SubjectChange(
                new Subject(TENANT, "orders"),
                7,
                SubjectChange.Kind.ALTERATION,
                IntStream.range(0, versions)
                        .mapToObj(i -> new SubjectChange.Version(
                                new SchemaId(TENANT, UUID.randomUUID()), i, new GlobalId(TENANT, i)))
                        .toList());
    }

    private static Queue<SubjectChange> heardBy(RedisInvalidations node) {
        Queue<SubjectChange> heard = new ConcurrentLinkedQueue<>();
        node.subscribe(heard::addAll);
        return heard;
    }

    private static RedisInvalidations connected(RedisConfig config) {
        RedisInvalidations node = new RedisInvalidations(config);
        assertThat(node.awaitConnected(TestRedis.LONG)).isTrue();
        return node;
    }

    private static void assertOthersHear(RedisConfig config) {
        try (RedisInvalidations one = connected(config);
                RedisInvalidations two = connected(config)) {
            Queue<SubjectChange> atOne = heardBy(one);
            Queue<SubjectChange> atTwo = heardBy(two);
            SubjectChange first = change(3);
            SubjectChange second = change(0);
            one.publish(List.of(first));
            two.publish(List.of(second));

            Eventually.await("both heard the other", () -> !atOne.isEmpty() && !atTwo.isEmpty());
            assertThat(atTwo).as("and not themselves").containsExactly(first);
            assertThat(atOne).containsExactly(second);
        }
    }

    @Test
    void publish_isHeardByOthersOnly() {
        assertOthersHear(TestRedis.patient(TestRedis.shared().url()));
    }

    @Test
    void publish_inACluster_isHeardByOthersOnly() {
        try (RedisCluster cluster = RedisCluster.start()) {
            assertOthersHear(TestRedis.patient(cluster.url()));
        }
    }

    @Test
    void publish_garbageAndAFailingListener_harmNothing() {
        RedisConfig config = TestRedis.patient(TestRedis.shared().url());
        try (RedisInvalidations one = connected(config);
                RedisInvalidations two = connected(config)) {
            two.subscribe(_ -> {
                throw new IllegalStateException("on purpose");
            });
            Queue<SubjectChange> heard = heardBy(two);
            TestRedis.shared().command("PUBLISH", config.prefix() + ":changes", "garbage");
            SubjectChange change = change(1);
            one.publish(List.of(change));

            Eventually.await("it was heard", () -> !heard.isEmpty());
            assertThat(heard).containsExactly(change);
        }
    }

    @Test
    void publish_afterARestart_isHeardAgain() {
        try (RedisServer server = RedisServer.start();
                RedisInvalidations one = connected(RedisConfig.of(server.url()));
                RedisInvalidations two = connected(RedisConfig.of(server.url()))) {
            Queue<SubjectChange> heard = heardBy(two);
            server.kill();
            one.publish(List.of(change(1)));
            server.restart();

            Eventually.await("it is heard again", () -> {
                one.publish(List.of(change(1)));
                return !heard.isEmpty();
            });
        }
    }

    @Test
    void publish_withoutRedis_doesNothing() {
        try (RedisInvalidations alone = new RedisInvalidations(RedisConfig.of("redis://127.0.0.1:1"))) {
            alone.publish(List.of(change(1)));

            assertThat(alone).hasToString("RedisInvalidations[127.0.0.1:1]");
        }
    }

    @Test
    void split_large_losesNothing() {
        List<SubjectChange> changes = List.of(change(1_200), change(0), change(499), change(3));

        List<List<SubjectChange>> parts = RedisInvalidations.split(changes);

        assertThat(parts)
                .allSatisfy(part -> assertThat(part.stream()
                                .mapToInt(change -> 1 + change.versions().size())
                                .sum())
                        .isLessThanOrEqualTo(RedisInvalidations.MAX_TOLD_AT_ONCE));
        assertThat(parts.stream()
                        .flatMap(List::stream)
                        .flatMap(change -> change.versions().stream())
                        .toList())
                .isEqualTo(changes.stream()
                        .flatMap(change -> change.versions().stream())
                        .toList());
    }
}
