package io.llmschema.http.confluentapi;

import java.util.Arrays;
import java.util.List;

/** The release of Confluent's registry that the dialect speaks as, where answers differ from one release to another. */
public enum ConfluentLevel {
    V7_4("7.4"),
    V7_9("7.9"),
    V8_0("8.0"),
    V8_1("8.1"),
    V8_2("8.2"),
    V8_3("8.3");

    private static final int CONFLICT = 409;
    private static final int INCOMPATIBLE_SCHEMA = 40901;

    private final String release;

    ConfluentLevel(String release) {
        this.release = release;
    }

    /** The level written as in {@code 7.9}. */
    public static ConfluentLevel parse(String release) {
        return Arrays.stream(values())
                .filter(level -> level.release.equals(release))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the level of Confluent's API is '%s'; known are %s".formatted(release, List.of(values()))));
    }

    /** Whether versions are shown with their guid, the time they were made, and that they are deleted; and by their id with subject and version. */
    boolean hasGuid() {
        return isFrom(V8_0);
    }

    /** Whether the type of an Avro schema is told; before, whoever is told none knows. */
    boolean namesAvro() {
        return isFrom(V8_0);
    }

    /** Whether a registration is answered with the id and nothing else. */
    boolean registerAnswersIdOnly() {
        return this == V7_4;
    }

    /** The number of the refusal of a schema that is not compatible; older clients know but the status. */
    int incompatibleCode() {
        return isFrom(V8_1) ? INCOMPATIBLE_SCHEMA : CONFLICT;
    }

    /** The version of the server, as clients ask for it. */
    String version() {
        return release + ".0";
    }

    private boolean isFrom(ConfluentLevel other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return release;
    }
}
