package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3ConfigTest {
    @Test
    void of_bucketOnly_isAmazons() {
        S3Config config = S3Config.of("s3://schemas");

        assertThat(config)
                .isEqualTo(new S3Config(
                        "schemas", null, null, "", null, false, new S3Encryption.BucketDefault(), S3Limits.DEFAULT));
        assertThat(config.address()).isEqualTo("s3://schemas/");
    }

    @Test
    void of_everything_isTaken() {
        S3Config config = S3Config.of(
                "s3://schemas/team/a?region=eu-west-1&endpoint=https%3A%2F%2Fhost:9000&path-style=false&sse=kms&kms-key=alias%2Fschemas");

        assertThat(config.region()).isEqualTo("eu-west-1");
        assertThat(config.endpoint()).isEqualTo(URI.create("https://host:9000"));
        assertThat(config.prefix()).isEqualTo("team/a/");
        assertThat(config.isPathStyle()).isFalse();
        assertThat(config.encryption()).isEqualTo(new S3Encryption.SseKms("alias/schemas"));
        assertThat(config.address()).isEqualTo("s3://schemas/team/a/ at https://host:9000");
    }

    @Test
    void of_endpointOnly_isPathStyleInTheUsualRegion() {
        S3Config config = S3Config.of("s3://schemas?endpoint=http://127.0.0.1:9000&sse=s3");

        assertThat(config.isPathStyle()).isTrue();
        assertThat(config.region()).isEqualTo(S3Config.DEFAULT_REGION);
        assertThat(config.encryption()).isEqualTo(new S3Encryption.SseS3());
    }

    @Test
    void toString_neverHasCredentials() {
        S3Config config = S3Config.of("s3://schemas").withCredentials(new S3Credentials("the-key", "the-secret"));

        assertThat(config.toString() + config.credentials()).doesNotContain("the-key", "the-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "schemas",
                "http://schemas",
                "s3://",
                "s3://A",
                "s3://key:secret@schemas",
                "s3://schemas/a b",
                "s3://schemas//a",
                "s3://schemas?endpoint=ftp://host",
                "s3://schemas?endpoint=http://key:secret@host",
                "s3://schemas?endpoint=http://host/path",
                "s3://schemas?endpoint=http://ho st",
                "s3://schemas?region=EU!",
                "s3://schemas?secret=secret",
                "s3://schemas?path-style=yes",
                "s3://schemas?sse=kms",
                "s3://schemas?sse=rot13",
                "s3://schemas?kms-key=k"
            })
    void of_anythingElse_isRefusedWithoutSecrets(String url) {
        assertThatThrownBy(() -> S3Config.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void limits_outOfBounds_areRefused() {
        assertThatThrownBy(() -> S3Limits.DEFAULT.withAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> S3Limits.DEFAULT.withConcurrency(0, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> S3Limits.DEFAULT.withConcurrency(1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
