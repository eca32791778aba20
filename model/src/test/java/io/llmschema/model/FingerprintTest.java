package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    /** The example "abc" of FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void sha256_isThatOfTheStandard() {
        assertThat(Fingerprint.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .hasToString(ABC);
    }

    @Test
    void parse_isTheInverseOfToString() {
        Fingerprint fingerprint = Fingerprint.parse(ABC);

        assertThat(fingerprint).hasToString(ABC);
        assertThat(Fingerprint.parse(ABC.toUpperCase(Locale.ROOT))).isEqualTo(fingerprint);
        assertThat(Fingerprint.ofBytes(fingerprint.toBytes())).isEqualTo(fingerprint);
        assertThat(fingerprint.toBytes()).hasSize(Fingerprint.BYTES);
    }

    @Test
    void parse_anythingElse_isRefused() {
        assertThat(List.of(
                        "",
                        "abc",
                        ABC + "0",
                        ABC.substring(1),
                        "g" + ABC.substring(1),
                        ABC + "\n",
                        "٣" + ABC.substring(1)))
                .allSatisfy(text ->
                        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(InvalidValue.class));
    }

    @Test
    void ofBytes_otherLength_isAMistake() {
        assertThatThrownBy(() -> Fingerprint.ofBytes(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
