package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The registry as the commands see it: each method is one question of the API; failures are {@link RegistryFailure}. */
final class RegistryClient implements AutoCloseable {
    /** Items asked for at a time; the most that the API gives. */
    static final int MAX_PAGE_SIZE = 1_000;

    private final RegistryHttp http;

    RegistryClient(RegistryHttp http) {
        this.http = http;
    }

    /**
     * The registry's word on a schema that was offered.
     *
     * @param isNew whether this made (or, on a dry run, would make) the version
     * @param answer the whole answer
     */
    record Registered(boolean isNew, JsonNode answer) {
        JsonNode schema() {
            return answer.path("schema");
        }
    }

    Registered register(String subject, ObjectNode request, boolean isDryRun) {
        String query = isDryRun ? "?dryRun=true" : "";
        JsonNode answer = http.sendJson("POST", Paths.versions(subject) + query, request);
        return new Registered(answer.path("isNew").asBoolean(false), answer);
    }

    /** The document at one of the {@link Paths}. */
    JsonNode document(String path) {
        return http.getJson(path);
    }

    /** The exact bytes of the version at that path. */
    byte[] content(String path) {
        return http.get(path + "/content");
    }

    /** Whether the subject is there and not deleted. */
    boolean hasSubject(String subject) {
        try {
            http.getJson(Paths.subject(subject));
            return true;
        } catch (Refused refused) {
            return ifAbsent(refused, false);
        }
    }

    /** Deletes the subject and all its versions; false if it was not there. */
    boolean deleteSubject(String subject) {
        return delete(Paths.subject(subject));
    }

    /** Deletes one version; false if it was not there. */
    boolean deleteVersion(String subject, String version) {
        return delete(Paths.version(subject, version));
    }

    private boolean delete(String path) {
        try {
            http.delete(path);
            return true;
        } catch (Refused refused) {
            return ifAbsent(refused, false);
        }
    }

    private static <T> T ifAbsent(Refused refused, T value) {
        if (refused.problem().status() != 404) {
            throw refused;
        }
        return value;
    }

    void changeState(String subject, String version, JsonNode state) {
        http.sendJson("PUT", Paths.version(subject, version) + "/state", state);
    }

    /** Every version the subject ever had, the deleted ones too, in the order of registration; none if it never was. */
    Stream<JsonNode> history(String subject) {
        Query query = new Query().with("deleted", "true").with("order", "ordinal");
        try {
            return items(Paths.versions(subject), query, Long.MAX_VALUE).toList().stream();
        } catch (Refused refused) {
            return ifAbsent(refused, Stream.empty());
        }
    }

    /** What came of each item of the batch, in their order. */
    List<JsonNode> checkCompatibility(ObjectNode batch) {
        return List.copyOf(http.sendJson("POST", Paths.ROOT + "/compatibility", batch)
                .path("items")
                .values());
    }

    JsonNode validateSchema(ObjectNode envelope) {
        return http.sendJson("POST", Paths.ROOT + "/validate-schema", envelope);
    }

    /** The registry's word on a document sent to the version at that path, whether or not it takes it. */
    JsonNode validate(String path, String mediaType, byte[] document) {
        try {
            return http.json(http.post(path, mediaType, document));
        } catch (Refused refused) {
            if (refused.problem().code().equals("document-invalid")) {
                return refused.problem().document();
            }
            throw refused;
        }
    }

    /** The registry's word on each line of documents, and at last its sum. */
    List<JsonNode> validateLines(String path, byte[] lines) {
        byte[] answer = http.post(path, "application/x-ndjson", lines);
        return new String(answer, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> http.json(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The difference at one of the {@link Paths}, to the candidate if there is one. */
    JsonNode diff(String path, Optional<ObjectNode> candidate) {
        return candidate.map(body -> http.sendJson("POST", path, body)).orElseGet(() -> http.getJson(path));
    }

    /** The same, as the registry tells it to people. */
    String diffText(String path, Optional<ObjectNode> candidate) {
        byte[] text = candidate.map(body -> http.postForText(path, body)).orElseGet(() -> http.getText(path));
        return new String(text, StandardCharsets.UTF_8);
    }

    JsonNode statistics() {
        return http.getJson(Paths.ROOT + "/statistics");
    }

    /** The first items of a list, page after page, each page asked for when its first item is needed. */
    Stream<JsonNode> items(String path, Query query, long limit) {
        Iterator<JsonNode> pages = new Pages(path, query, (int) Math.min(limit, MAX_PAGE_SIZE));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false)
                .limit(limit);
    }

    /** The items of all pages; used by one thread. */
    private final class Pages implements Iterator<JsonNode> {
        private final String path;
        private final Query query;
        private final Deque<JsonNode> read = new ArrayDeque<>();
        private @Nullable String cursor = "";

        private Pages(String path, Query query, int pageSize) {
            this.path = path;
            this.query = query.and("limit", String.valueOf(pageSize));
        }

        @Override
        public boolean hasNext() {
            // A page may be empty and still have a next one, where all of its items are hidden by a filter.
            while (read.isEmpty() && cursor != null) {
                JsonNode page = http.getJson(path + query.and("cursor", cursor));
                page.path("items").values().forEach(read::add);
                cursor = page.hasNonNull("next") ? page.path("next").asString() : null;
            }
            return !read.isEmpty();
        }

        @Override
        public JsonNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return read.remove();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
