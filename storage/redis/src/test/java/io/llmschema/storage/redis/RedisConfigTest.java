package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.storage.redis.RedisConfig.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
    @Test
    void of_hostOnly_isOneServerAtTheUsualPort() {
        RedisConfig config = RedisConfig.of("redis://cache");

        assertThat(config.nodes()).containsExactly(new Node("cache", 6379));
        assertThat(config.isCluster()).isFalse();
        assertThat(config.isEncrypted()).isFalse();
        assertThat(config.user()).isNull();
        assertThat(config.password()).isNull();
        assertThat(config.address()).isEqualTo("cache:6379");
    }

    @Test
    void of_everything_isTaken(@TempDir Path folder) throws IOException {
        Path certificates = Files.createFile(folder.resolve("ca.pem"));

        RedisConfig config = RedisConfig.of("rediss://ann:p%40ss:+word@[::1]:7000/3?cacert=" + certificates);

        assertThat(config.nodes()).containsExactly(new Node("::1", 7000));
        assertThat(config.isEncrypted()).isTrue();
        assertThat(config.user()).isEqualTo("ann");
        assertThat(config.password()).isEqualTo("p@ss:+word");
        assertThat(config.database()).isEqualTo(3);
        assertThat(config.certificates()).isEqualTo(certificates);
        assertThat(config.toString()).isEqualTo("RedisConfig[[::1]:7000]").doesNotContain("word", "ann");
    }

    @Test
    void of_passwordOnly_isOfTheDefaultUser() {
        RedisConfig config = RedisConfig.of("redis://:secret@cache:1");

        assertThat(config.user()).isNull();
        assertThat(config.password()).isEqualTo("secret");
    }

    @Test
    void of_cluster_hasSeveralNodes() {
        RedisConfig config = RedisConfig.of("rediss-cluster://:secret@a:7000,b,c:7002");

        assertThat(config.nodes()).containsExactly(new Node("a", 7000), new Node("b", 6379), new Node("c", 7002));
        assertThat(config.isCluster()).isTrue();
        assertThat(config.isEncrypted()).isTrue();
        assertThat(config).hasToString("RedisConfig[cluster a:7000,b:6379,c:7002]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache:6379",
                "http://cache",
                "redis://",
                "redis://secret@cache",
                "redis://cache:0",
                "redis://cache:99999",
                "redis://cache:port",
                "redis://a,b",
                "redis://cache/db",
                "redis-cluster://a,b/1",
                "redis-cluster://a,,b",
                "redis://:secret@ho st"
            })
    void of_anythingElse_isRefusedWithAnExample(String url) {
        assertThatThrownBy(() -> RedisConfig.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessageContaining("redis://user:password@host:6379"),
                        e -> assertThat(e).hasMessageContaining("database 0 only"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://cache?cacert=/x", "rediss://cache?other=1", "rediss://cache?cacert=/no/such/file"})
    void of_parametersThatDoNotFit_isRefused(String url) {
        assertThatThrownBy(() -> RedisConfig.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cert");
    }

    @Test
    void withPrefix_thatHasBraces_isRefused() {
        RedisConfig config = RedisConfig.of("redis://cache");

        assertThatThrownBy(() -> config.withPrefix("a{b}")).isInstanceOf(IllegalArgumentException.class);
    }
}
