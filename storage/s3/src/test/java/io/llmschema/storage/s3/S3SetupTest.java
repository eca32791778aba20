package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.s3.S3Setup.Outcome;
import io.llmschema.storage.s3.S3Setup.Step;
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
}
