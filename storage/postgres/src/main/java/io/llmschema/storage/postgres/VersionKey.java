package io.llmschema.storage.postgres;

import io.llmschema.model.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that sort as semver orders pre-releases (section 11), so that an index can keep versions in order.
 *
 * <p>A release is {@code ff}. A pre-release is its identifiers one after the other and {@code 00} at the end, so that the shorter of
 * two that begin alike comes first. A numeric identifier is {@code 01}, its number of digits and its digits: the longer number is
 * the larger. An alphanumeric one is {@code 02}, its ASCII and {@code 00}: above every number, and in ASCII order.
 */
final class VersionKey {
    private VersionKey() {}

    static byte[] preRelease(Version version) {
        if (!version.isPreRelease()) {
            return new byte[] {(byte) 0xFF};
        }
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (String identifier : version.preRelease().split("\\.")) {
            byte[] ascii = identifier.getBytes(StandardCharsets.US_ASCII);
            if (Version.isNumeric(identifier)) {
                key.write(0x01);
                // A version has at most Version.MAX_LENGTH characters, so the number of digits fits into the byte.
                key.write(ascii.length);
                key.writeBytes(ascii);
            } else {
                key.write(0x02);
                key.writeBytes(ascii);
                key.write(0x00);
            }
        }
        key.write(0x00);
        return key.toByteArray();
    }

    /** The version's text without its build metadata: equal exactly for equal precedence. */
    static String precedence(Version version) {
        return new Version(version.major(), version.minor(), version.patch(), version.preRelease(), "").toString();
    }
}
