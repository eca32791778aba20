package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.s3.S3Setup.Outcome;
import io.llmschema.storage.s3.S3Setup.Step;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class S3SetupTest {
    private static S3Config newBucket() {
        return S3Config.of(TestS3.shared().url("setup-" + UUID.randomUUID(), ""))
                .withCredentials(TestS3.CREDENTIALS);
    }

    @Test
    void run_noBucket_makesItAndTellsOfEveryStep() {
        S3Config config = newBucket();

        List<Step> steps = S3Setup.run(config);

        assertThat(steps).extracting(Step::outcome).doesNotContain(Outcome.FAILED);
        assertThat(steps).hasSize(5).first().returns(Outcome.DONE, Step::outcome);
        assertThat(steps)
                .filteredOn(step -> step.outcome() == Outcome.NOT_SUPPORTED)
                .allSatisfy(step -> assertThat(step.toString()).contains("not supported by this server ("));
        try (S3BlobStore store = new S3BlobStore(config)) {
            assertThat(store.check().isUp()).isTrue();
        }
    }

    @Test
    void run_again_changesNothing() {
        S3Config config = newBucket();
        List<Step> first = S3Setup.run(config);

        List<Step> second = S3Setup.run(config);

        assertThat(second)
                .extracting(Step::what)
                .isEqualTo(first.stream().map(Step::what).toList());
        assertThat(second).extracting(Step::outcome).doesNotContain(Outcome.DONE, Outcome.FAILED);
        assertThat(second.getFirst().outcome()).isEqualTo(Outcome.ALREADY_SO);
    }

    @Test
    void run_wrongSecret_isUnavailable() {
        S3Config wrong = newBucket().withCredentials(new S3Credentials(TestS3.CREDENTIALS.accessKey(), "wrong"));

        assertThatThrownBy(() -> S3Setup.run(wrong)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void run_serverKnowsAll_makesAllSo_andThenNothingMore() throws IOException {
        try (KeepingBucket bucket = new KeepingBucket()) {
            List<Step> first = S3Setup.run(bucket.config());
            int changes = bucket.changes();
            List<Step> second = S3Setup.run(bucket.config());

            assertThat(first).extracting(Step::outcome).containsOnly(Outcome.DONE);
            assertThat(second).extracting(Step::outcome).containsOnly(Outcome.ALREADY_SO);
            assertThat(bucket.changes()).isEqualTo(changes);
            assertThat(bucket.setting("created")).contains("eu-west-1");
            assertThat(bucket.setting("versioning")).contains("Enabled");
            assertThat(bucket.setting("encryption")).contains("AES256");
            assertThat(bucket.setting("publicAccessBlock")).contains("<RestrictPublicBuckets>true");
            assertThat(bucket.setting("lifecycle"))
                    .contains("<NoncurrentDays>90<", "<DaysAfterInitiation>7<", "<Prefix>team/<");
        }
    }

    @Test
    void run_managedKey_isTheDefault() throws IOException {
        try (KeepingBucket bucket = new KeepingBucket()) {
            S3Config config = bucket.config().withEncryption(new S3Encryption.SseKms("key-1"));

            assertThat(S3Setup.run(config)).extracting(Step::outcome).containsOnly(Outcome.DONE);
            assertThat(S3Setup.run(config)).extracting(Step::outcome).containsOnly(Outcome.ALREADY_SO);
            assertThat(bucket.setting("encryption")).contains("aws:kms", "key-1");
        }
    }

    @Test
    void run_rulesOfOthers_stay() throws IOException {
        try (KeepingBucket bucket = new KeepingBucket()) {
            bucket.set(
                    "lifecycle",
                    "<LifecycleConfiguration><Rule><ID>theirs</ID><Status>Enabled</Status><Filter><Prefix>logs/</Prefix></Filter>"
                            + "<Expiration><Days>5</Days></Expiration></Rule></LifecycleConfiguration>");

            S3Setup.run(bucket.config());

            assertThat(bucket.setting("lifecycle"))
                    .contains("<ID>theirs<", "<Days>5<", "<NoncurrentDays>90<", "<DaysAfterInitiation>7<");
        }
    }

    @Test
    void run_serverKeepsNothing_saysSo() throws IOException {
        try (KeepingBucket bucket = new KeepingBucket()) {
            bucket.forget();

            assertThat(S3Setup.run(bucket.config()))
                    .extracting(Step::outcome)
                    .containsExactly(
                            Outcome.DONE,
                            Outcome.NOT_SUPPORTED,
                            Outcome.NOT_SUPPORTED,
                            Outcome.NOT_SUPPORTED,
                            Outcome.NOT_SUPPORTED);
        }
    }

    @Test
    void run_aStepIsRefused_othersAreTakenAndItIsTold() throws IOException {
        try (KeepingBucket bucket = new KeepingBucket()) {
            bucket.refuse("versioning");

            List<Step> steps = S3Setup.run(bucket.config());

            assertThat(steps)
                    .extracting(Step::outcome)
                    .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.DONE, Outcome.DONE, Outcome.DONE);
            assertThat(steps.get(1)).hasToString("versions are kept: failed (status 403 AccessDenied not you)");
        }
    }
}
