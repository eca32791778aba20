package io.llmschema.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.llmschema.model.Fingerprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A registry in memory, honest about what the API promises and small enough to be believed: it registers, deletes, lists by pages
 * of two, refuses content with the word {@code INVALID} and imports that nothing stands for, and fails when it is told to.
 */
final class FakeRegistry implements AutoCloseable {
    static final int PAGE_SIZE = 2;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Stored>> subjects = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final FakeJudgements judgements = new FakeJudgements();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private volatile Consumer<String> beforeEach = request -> {};
    private volatile Predicate<String> isFaulty = request -> false;
    private volatile boolean isCorrupting;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** One version. */
    static final class Stored {
        final ObjectNode summary;
        final String content;

        private Stored(ObjectNode summary, String content) {
            this.summary = summary;
            this.content = content;
        }

        boolean isDeleted() {
            return summary.hasNonNull("deletedAt");
        }

        String version() {
            return summary.path("version").asString();
        }
    }

    /** A request as it arrived. */
    record Seen(String line, String contentType, String accept, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    /** An answer on its way to the caller. */
    record Answer(int status, String body) {
        static Answer json(int status, JsonNode node) {
            return new Answer(status, node.toString());
        }

        static Answer problem(int status, String code, String detail) {
            return json(status, problemDocument(status, code, detail));
        }

        static ObjectNode problemDocument(int status, String code, String detail) {
            return Json.MAPPER
                    .createObjectNode()
                    .put("type", "urn:llmschema:problem:" + code)
                    .put("title", code)
                    .put("status", status)
                    .put("detail", detail)
                    .put("code", code);
        }
    }

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The next answers are 503 instead. */
    void answerBusy(int times) {
        busyAnswers.set(times);
    }

    /** The next requests are carried out, but the connection breaks before their answer. */
    void loseAnswers(int times) {
        lostAnswers.set(times);
    }

    /** The next registrations are refused because of others at the same time. */
    void conflict(int times) {
        conflicts.set(times);
    }

    /** Contents are given back with a byte changed. */
    void corrupt() {
        isCorrupting = true;
    }

    /** Requests for which this says so are answered with an internal error. */
    void failOn(Predicate<String> isFaultyNow) {
        isFaulty = isFaultyNow;
    }

    /** Called with the line of each request before it is carried out, in its thread. */
    void before(Consumer<String> action) {
        beforeEach = action;
    }

    /** The lines of all requests, such as {@code POST /api/v1/subjects/a/versions}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** All requests, as they arrived. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The last request to a path that ends so. */
    Seen lastTo(String end) {
        return seen().reversed().stream()
                .filter(one -> one.line().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    /** What it says of schemas and documents. */
    FakeJudgements judgements() {
        return judgements;
    }

    /** The subjects registered to, in the order of the requests. */
    List<String> registrations() {
        return requests.stream()
                .filter(line -> line.startsWith("POST"))
                .map(line -> decode(line.replaceFirst("POST /api/v1/subjects/([^/]*)/versions.*", "$1")))
                .toList();
    }

    synchronized List<Stored> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, List.of()));
    }

    /** What an observer sees: every version of every subject with its content and whether it is deleted. */
    synchronized List<String> picture() {
        return subjects.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(stored -> entry.getKey() + " " + stored.version()
                                + (stored.isDeleted() ? " deleted " : " ")
                                + stored.summary.path("state").path("stage").asString() + " " + stored.content))
                .toList();
    }

    /** The subjects of all live versions, the oldest first. */
    synchronized List<String> liveByCreation() {
        return newestFirst(Map.of()).toList().reversed().stream()
                .map(summary -> summary.path("subject").asString())
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String line = exchange.getRequestMethod() + " " + uri;
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(line);
            seen.add(new Seen(
                    line,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Accept")),
                    body));
            beforeEach.accept(line);
            if (busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                send(exchange, Answer.problem(503, "storage-unavailable", "the store is away"));
                return;
            }
            Answer answer = isFaulty.test(line)
                    ? Answer.problem(500, "internal-error", "our fault, id 42")
                    : judgements.of(seen.getLast()).orElseGet(() -> answer(exchange.getRequestMethod(), uri, body));
            if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return;
            }
            send(exchange, answer);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private synchronized Answer answer(String method, URI uri, byte[] body) {
        List<String> path = Arrays.stream(
                        uri.getRawPath().substring("/api/v1/".length()).split("/"))
                .map(FakeRegistry::decode)
                .toList();
        Map<String, String> query = query(uri);
        return switch (method + " " + path.getFirst() + " " + path.size()) {
            case "GET subjects 1" -> page(subjects.keySet().stream().map(this::subject), query);
            case "GET subjects 2" -> oneSubject(path.get(1));
            case "DELETE subjects 2" -> deleteSubject(path.get(1));
            case "GET subjects 3" -> listVersions(path.get(1), query);
            case "POST subjects 3" -> register(path.get(1), body, "true".equals(query.get("dryRun")));
            case "GET subjects 4", "GET subjects 5" -> oneVersion(path, path.get(1), path.get(3));
            case "DELETE subjects 4" -> deleteVersion(path.get(1), path.get(3));
            case "PUT subjects 5" -> changeState(path.get(1), path.get(3), body);
            case "GET schemas 1" -> page(newestFirst(query), query);
            case "GET schemas 2", "GET schemas 3" -> byId(path);
            case "GET search 1" -> page(found(), query);
            case "GET statistics 1" -> statistics();
            default -> Answer.problem(404, "unknown-route", uri.toString());
        };
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                query.put(decode(pair.split("=")[0]), decode(pair.split("=", 2)[1]));
            }
        }
        return query;
    }

    private static Answer page(Stream<? extends JsonNode> items, Map<String, String> query) {
        List<? extends JsonNode> all = items.toList();
        int start = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int end =
                Math.min(all.size(), start + Math.min(PAGE_SIZE, Integer.parseInt(query.getOrDefault("limit", "100"))));
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode array = page.putArray("items");
        all.subList(start, end).forEach(array::add);
        if (end < all.size()) {
            page.put("next", String.valueOf(end));
        }
        return Answer.json(200, page);
    }

    private ObjectNode subject(String name) {
        List<Stored> live = live(name);
        return Json.MAPPER
                .createObjectNode()
                .put("subject", name)
                .put("versionCount", live.size())
                .put("latest", live.isEmpty() ? "" : live.getLast().version());
    }

    private Answer oneSubject(String name) {
        return live(name).isEmpty() ? notFound() : Answer.json(200, subject(name));
    }

    private static Answer notFound() {
        return Answer.problem(404, "subject-not-found", "nothing there");
    }

    private List<Stored> live(String subject) {
        return subjects.getOrDefault(subject, List.of()).stream()
                .filter(stored -> !stored.isDeleted())
                .toList();
    }

    private Answer listVersions(String subject, Map<String, String> query) {
        if (!subjects.containsKey(subject)) {
            return notFound();
        }
        List<Stored> listed =
                "true".equals(query.get("deleted")) ? subjects.getOrDefault(subject, List.of()) : live(subject);
        return page(listed.stream().map(stored -> stored.summary), query);
    }

    private Stream<ObjectNode> newestFirst(Map<String, String> query) {
        return subjects.values().stream()
                .flatMap(List::stream)
                .filter(stored -> !stored.isDeleted() || "true".equals(query.get("deleted")))
                .map(stored -> stored.summary)
                .sorted((a, b) -> b.path("createdAt")
                        .asString()
                        .compareTo(a.path("createdAt").asString()));
    }

    private Stream<ObjectNode> found() {
        return subjects.keySet().stream()
                .flatMap(name -> live(name).reversed().stream().limit(1))
                .map(stored -> {
                    ObjectNode hit = Json.MAPPER.createObjectNode().put("score", 0.5);
                    hit.set("schema", stored.summary);
                    return hit;
                });
    }

    private Answer register(String subject, byte[] body, boolean isDryRun) {
        JsonNode request = Json.MAPPER.readTree(body);
        String content = request.path("schema").asString();
        String type = request.path("schemaType").asString("JSON");
        if (conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Answer.problem(409, "concurrent-change", "another request was faster");
        }
        if (content.contains("INVALID")) {
            return invalid();
        }
        List<String> references = new ArrayList<>();
        for (JsonNode reference : request.path("references").values()) {
            Stored target = find(
                    reference.path("subject").asString(),
                    reference.path("version").asString());
            if (target == null) {
                return Answer.problem(
                        422,
                        "missing-reference",
                        "'" + reference.path("subject").asString() + "' is not there");
            }
            references.add(reference.path("name").asString() + "=" + target.version());
        }
        for (String path : type.equals("PROTOBUF") ? ProtobufImports.of(content) : List.<String>of()) {
            if (!path.startsWith("google/protobuf/")
                    && references.stream().noneMatch(name -> name.startsWith(path + "="))) {
                return Answer.problem(422, "invalid-schema", "the import '" + path + "' is not found");
            }
        }
        String identity = type + references + content;
        for (Stored stored : live(subject)) {
            if (stored.summary.path("metadata").path("identity").asString("").equals(identity)) {
                return registration(200, false, stored);
            }
        }
        Stored made = made(subject, request, identity);
        if (isDryRun) {
            return registration(200, true, made);
        }
        for (Stored stored : subjects.getOrDefault(subject, List.of())) {
            if (stored.version().equals(made.version())) {
                return Answer.problem(409, "version-exists", "the number was used for other content");
            }
        }
        subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(made);
        return registration(201, true, made);
    }

    private static Answer invalid() {
        ObjectNode problem = Answer.problemDocument(422, "invalid-schema", "not a schema of its type");
        ArrayNode violations = problem.putArray("violations");
        violations
                .addObject()
                .put("reason", "the word is not allowed")
                .put("line", 3)
                .put("column", 5);
        violations.addObject().put("reason", "nor this").put("pointer", "/properties/a");
        return Answer.json(422, problem);
    }

    private Stored made(String subject, JsonNode request, String identity) {
        now = now.plusMillis(1);
        int ordinal = subjects.getOrDefault(subject, List.of()).size() + 1;
        String content = request.path("schema").asString();
        ObjectNode summary = Json.MAPPER
                .createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("globalId", 7)
                .put("subject", subject)
                .put("ordinal", ordinal)
                .put("version", request.path("version").asString("1." + (ordinal - 1) + ".0"))
                .put("schemaType", request.path("schemaType").asString("JSON"))
                .put("size", content.length())
                .put("createdAt", now.toString())
                .put("createdBy", "anonymous");
        summary.putObject("state").put("stage", request.path("state").asString("ACTIVE"));
        summary.putObject("hashes")
                .put(
                        "raw",
                        Fingerprint.sha256(content.getBytes(StandardCharsets.UTF_8))
                                .toString());
        // An export carries metadata to the next registry, whose own identity takes the place of this one.
        summary.putObject("metadata").put("identity", identity);
        ArrayNode references = summary.putArray("references");
        request.path("references").values().forEach(references::add);
        return new Stored(summary, content);
    }

    private static Answer registration(int status, boolean isNew, Stored stored) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("isNew", isNew);
        answer.set("schema", stored.summary);
        return Answer.json(status, answer);
    }

    private @Nullable Stored find(String subject, String version) {
        List<Stored> live = live(subject);
        if (version.equals("latest")) {
            return live.isEmpty() ? null : live.getLast();
        }
        return live.stream()
                .filter(stored -> stored.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    private Answer oneVersion(List<String> path, String subject, String version) {
        Stored stored = find(subject, version);
        return stored == null ? notFound() : document(stored, path.getLast().equals("content"));
    }

    private Answer byId(List<String> path) {
        return subjects.values().stream()
                .flatMap(List::stream)
                .filter(stored -> stored.summary.path("id").asString().equals(path.get(1)))
                .findFirst()
                .map(stored -> document(stored, path.getLast().equals("content")))
                .orElseGet(FakeRegistry::notFound);
    }

    private Answer document(Stored stored, boolean isContent) {
        if (!isContent) {
            return Answer.json(200, stored.summary.deepCopy().put("schema", stored.content));
        }
        String content = isCorrupting ? stored.content.replaceFirst(".$", "~") : stored.content;
        return new Answer(200, content);
    }

    private Answer deleteSubject(String subject) {
        List<Stored> live = live(subject);
        if (live.isEmpty()) {
            return notFound();
        }
        now = now.plusMillis(1);
        live.forEach(stored -> stored.summary.put("deletedAt", now.toString()));
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putArray("deleted");
        return Answer.json(200, answer);
    }

    private Answer deleteVersion(String subject, String version) {
        Stored stored = find(subject, version);
        if (stored == null) {
            return notFound();
        }
        now = now.plusMillis(1);
        stored.summary.put("deletedAt", now.toString());
        return Answer.json(200, stored.summary);
    }

    private Answer changeState(String subject, String version, byte[] body) {
        Stored stored = find(subject, version);
        if (stored == null) {
            return notFound();
        }
        stored.summary.set("state", Json.MAPPER.readTree(body));
        return Answer.json(200, stored.summary);
    }

    private Answer statistics() {
        long versions =
                subjects.keySet().stream().mapToLong(name -> live(name).size()).sum();
        return Answer.json(
                200,
                Json.MAPPER
                        .createObjectNode()
                        .put("versions", versions)
                        .put("contentBytes", 2048)
                        .put("storedBytes", 5 << 20));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
