package io.llmschema.cli;

import java.nio.charset.StandardCharsets;

/** How the API's paths and queries are written. */
final class Paths {
    static final String ROOT = "/api/v1";

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Paths() {}

    static String subject(String subject) {
        return ROOT + "/subjects/" + encode(subject);
    }

    static String versions(String subject) {
        return subject(subject) + "/versions";
    }

    static String version(String subject, String version) {
        return versions(subject) + "/" + encode(version);
    }

    static String diff(String subject, String before) {
        return subject(subject) + "/diff/" + encode(before);
    }

    static String diff(String subject, String before, String after) {
        return diff(subject, before) + ".." + encode(after);
    }

    static String schema(String id) {
        return ROOT + "/schemas/" + encode(id);
    }

    static String globalId(int globalId) {
        return ROOT + "/schemas/ids/" + globalId;
    }

    /** Percent-encoded as a single path segment or query value: a slash becomes {@code %2F}. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append("%02X".formatted(b & 0xFF));
            }
        }
        return encoded.toString();
    }
}
