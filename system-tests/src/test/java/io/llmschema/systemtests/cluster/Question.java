package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.cluster.Truth.Version;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A question about a subject, with what a node shows in its answer, and what it would show if a given truth were the present one.
 *
 * @param version the one that is asked about, as it was when the question was made up; for some kinds it does not matter
 */
record Question(Kind kind, String subject, Version version) {
    enum Kind {
        SUBJECT,
        LATEST,
        RANGE,
        EXACT,
        ORDINAL,
        BY_ID,
        BY_GLOBAL_ID,
        LIST,
        LIST_WITH_DELETED,
        LATEST_CONTENT,
        CONTENT_BY_ID
    }

    /** What is shown where nothing is there. */
    static final String ABSENT = "absent";

    String path() {
        String ofSubject = "/api/v1/subjects/" + subject;
        String versions = ofSubject + "/versions";
        return switch (kind) {
            case SUBJECT -> ofSubject;
            case LATEST -> versions + "/latest";
            case RANGE -> versions + "/1.x";
            case EXACT -> versions + "/" + version.version();
            case ORDINAL -> versions + "/ordinal:" + version.ordinal();
            case BY_ID -> "/api/v1/schemas/" + version.id();
            case BY_GLOBAL_ID -> "/api/v1/schemas/ids/" + version.globalId();
            case LIST -> versions + "?limit=1000";
            case LIST_WITH_DELETED -> versions + "?limit=1000&deleted=true";
            case LATEST_CONTENT -> versions + "/latest/content";
            case CONTENT_BY_ID -> "/api/v1/schemas/" + version.id() + "/content";
        };
    }

    /** Whether the answer is the same for ever, so that it needs no token. */
    boolean isForEver() {
        return kind == Kind.CONTENT_BY_ID;
    }

    /** What would be shown by a node that knows this truth. */
    String expected(Truth truth) {
        return switch (kind) {
            case SUBJECT -> truth.isDeleted() ? ABSENT : described(truth);
            case LATEST, RANGE -> truth.latest().map(Question::described).orElse(ABSENT);
            case EXACT, ORDINAL ->
                asked(truth)
                        .filter(it -> !it.isDeleted())
                        .map(Question::described)
                        .orElse(ABSENT);
            case BY_ID, BY_GLOBAL_ID -> asked(truth).map(Question::described).orElse(ABSENT);
            case LIST ->
                truth.live().isEmpty()
                        ? ABSENT
                        : truth.live().stream().map(Question::listed).collect(Collectors.joining(" "));
            case LIST_WITH_DELETED ->
                truth.versions().isEmpty()
                        ? ABSENT
                        : truth.versions().stream().map(Question::listed).collect(Collectors.joining(" "));
            case LATEST_CONTENT -> truth.latest().map(Version::content).orElse(ABSENT);
            case CONTENT_BY_ID -> asked(truth).map(Version::content).orElse(ABSENT);
        };
    }

    private Optional<Version> asked(Truth truth) {
        return truth.version(version.ordinal());
    }

    private static String described(Truth truth) {
        return "revision %d, %d versions, latest %s, '%s'"
                .formatted(
                        truth.revision(),
                        truth.live().size(),
                        truth.latest().map(Version::version).orElse("none"),
                        truth.description());
    }

    private static String described(Version version) {
        return "%s revision %d %s '%s'%s %s"
                .formatted(
                        version.version(),
                        version.revision(),
                        version.stage(),
                        version.reason(),
                        version.isDeleted() ? " deleted" : "",
                        version.content());
    }

    private static String listed(Version version) {
        return version.ordinal() + version.stage() + version.reason() + (version.isDeleted() ? "-" : "");
    }

    /** What a successful or absent answer shows. */
    String shown(Answer answer) {
        if (answer.isAbsent()) {
            return ABSENT;
        }
        return switch (kind) {
            case SUBJECT -> shownSubject(answer.json());
            case LATEST, RANGE, EXACT, ORDINAL, BY_ID, BY_GLOBAL_ID -> shownVersion(answer);
            case LIST, LIST_WITH_DELETED -> shownList(answer.json());
            case LATEST_CONTENT, CONTENT_BY_ID -> answer.text();
        };
    }

    private static String shownSubject(JsonNode subject) {
        return "revision %d, %d versions, latest %s, '%s'"
                .formatted(
                        subject.path("revision").asLong(),
                        subject.path("versionCount").asInt(),
                        subject.path("latest").asString("none"),
                        subject.path("description").asString(""));
    }

    /** The revision of a version stands in its tag, behind the id. */
    private static String shownVersion(Answer answer) {
        JsonNode version = answer.json();
        String tag = answer.etag().replace("\"", "");
        return "%s revision %s %s '%s'%s %s"
                .formatted(
                        version.path("version").asString(),
                        tag.substring(tag.lastIndexOf('-') + 1),
                        version.at("/state/stage").asString(),
                        version.at("/state/reason").asString(""),
                        version.has("deletedAt") ? " deleted" : "",
                        version.path("schema").asString());
    }

    private static String shownList(JsonNode page) {
        // The list and whether its subject is there are asked one after the other, so that between two changes either
        // may be shown.
        return page.path("items").isEmpty()
                ? ABSENT
                : StreamSupport.stream(page.path("items").spliterator(), false)
                        .map(version -> version.path("ordinal").asInt()
                                + version.at("/state/stage").asString()
                                + version.at("/state/reason").asString("")
                                + (version.has("deletedAt") ? "-" : ""))
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "GET " + path();
    }
}
