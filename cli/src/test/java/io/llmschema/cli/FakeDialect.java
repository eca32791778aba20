package io.llmschema.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A registry in memory that speaks Confluent's dialect, honest about numbers, ids, deletions, modes, configs, aliases, contexts and references. Its ids are
 * unique in a context, or on request in all together. It refuses content with the word {@code INVALID}.
 */
final class FakeDialect implements AutoCloseable {
    private static final String GLOBAL = "";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, SortedMap<Integer, ObjectNode>> subjects = new TreeMap<>();
    private final Map<String, ObjectNode> configs = new TreeMap<>();
    private final Map<String, String> modes = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private volatile Consumer<String> beforeEach = request -> {};
    private volatile @Nullable String authorization;
    private volatile boolean hasIdsOfAllContexts;
    private volatile boolean hasPages = true;
    private int lastId;

    /** A refusal. */
    private static final class No extends RuntimeException {
        private final int code;

        private No(int code, String message) {
            super(message);
            this.code = code;
        }

        private int status() {
            return code > 999 ? code / 100 : code;
        }
    }

    /** A request, taken apart. */
    private record Asked(String method, List<String> path, Map<String, String> query, JsonNode body) {
        boolean is(String wantedMethod, String... wantedPath) {
            return method.equals(wantedMethod)
                    && path.size() == wantedPath.length
                    && Stream.iterate(0, i -> i + 1)
                            .limit(wantedPath.length)
                            .allMatch(i -> wantedPath[i].equals("*") || wantedPath[i].equals(path.get(i)));
        }

        boolean says(String name) {
            return "true".equals(query.get(name));
        }
    }

    FakeDialect() {
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

    void want(String authorizationHeader) {
        authorization = authorizationHeader;
    }

    void haveIdsOfAllContexts() {
        hasIdsOfAllContexts = true;
    }

    /** As older releases, it gives whole lists. */
    void havePages(boolean areThere) {
        hasPages = areThere;
    }

    void answerBusy(int times) {
        busyAnswers.set(times);
    }

    /** The next changes are made, but the connection breaks before their answer. */
    void loseAnswers(int times) {
        lostAnswers.set(times);
    }

    /** Called with the line of each request before it is carried out. */
    void before(Consumer<String> action) {
        beforeEach = action;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Registers as a producer would; its id. */
    int register(String subject, String schema, String... references) {
        ObjectNode wish = Json.MAPPER.createObjectNode().put("schema", schema).put("schemaType", "JSON");
        ArrayNode list = wish.putArray("references");
        Arrays.stream(references)
                .map(text -> text.split("@"))
                .forEach(parts -> list.addObject()
                        .put("name", parts[0])
                        .put("subject", parts[0])
                        .put("version", Integer.parseInt(parts[1])));
        return register(subject, wish);
    }

    synchronized int register(String subject, ObjectNode wish) {
        return store(subject, wish).path("id").asInt();
    }

    synchronized void delete(String subject, int version) {
        softDelete(subject, String.valueOf(version));
    }

    synchronized void purge(String subject, int version) {
        versions(subject).remove(version);
    }

    synchronized void configure(String scope, String json) {
        mergeConfig(scope, Json.MAPPER.readTree(json));
    }

    synchronized void setMode(String scope, String mode) {
        modes.put(scope, mode);
    }

    /** All it has, a line for each thing. */
    synchronized List<String> picture() {
        List<String> lines = new ArrayList<>();
        subjects.values().forEach(versions -> versions.values().forEach(version -> lines.add(version.toString())));
        configs.forEach((scope, config) ->
                lines.add("config of " + scope + ": " + new TreeMap<>(Map.copyOf(properties(config)))));
        modes.forEach((scope, mode) -> lines.add("mode of " + scope + ": " + mode));
        return lines;
    }

    private static Map<String, JsonNode> properties(ObjectNode node) {
        Map<String, JsonNode> properties = new HashMap<>();
        node.properties().forEach(field -> properties.put(field.getKey(), field.getValue()));
        return properties;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(line);
            beforeEach.accept(line);
            if (busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                send(exchange, 503, "busy");
                return;
            }
            String wanted = authorization;
            if (wanted != null && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
                return;
            }
            answer(exchange, asked(exchange, body));
        }
    }

    private void answer(HttpExchange exchange, Asked asked) throws IOException {
        String answer;
        int status = 200;
        try {
            synchronized (this) {
                answer = String.valueOf(carryOut(asked));
            }
        } catch (No no) {
            status = no.status();
            answer = Json.MAPPER
                    .createObjectNode()
                    .put("error_code", no.code)
                    .put("message", no.getMessage())
                    .toString();
        }
        boolean isChange = !asked.method().equals("GET");
        if (isChange && lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return;
        }
        send(exchange, status, answer);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Asked asked(HttpExchange exchange, byte[] body) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        Stream.of(raw == null ? new String[0] : raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.put(decode(pair[0]), decode(pair[1])));
        List<String> path = Arrays.stream(
                        exchange.getRequestURI().getRawPath().substring(1).split("/"))
                .map(FakeDialect::decode)
                .toList();
        JsonNode json = body.length == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(body);
        return new Asked(exchange.getRequestMethod(), path, query, json);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private JsonNode carryOut(Asked asked) {
        if (asked.is("GET", "contexts")) {
            return page(asked, texts(contexts()));
        }
        if (asked.is("GET", "subjects")) {
            return page(asked, texts(subjects(asked.says("deleted"))));
        }
        if (asked.is("GET", "schemas")) {
            return page(asked, schemas());
        }
        if (asked.path().getFirst().equals("config")) {
            return config(asked);
        }
        if (asked.path().getFirst().equals("mode")) {
            return mode(asked);
        }
        String subject = aliased(asked.path().get(1));
        if (asked.is("GET", "subjects", "*", "versions")) {
            return page(asked, numbers(subject, asked.says("deleted")));
        }
        if (asked.is("POST", "subjects", "*", "versions")) {
            return store(subject, asked.body().asObject());
        }
        if (asked.is("GET", "subjects", "*", "versions", "*")) {
            return version(subject, asked.path().get(3), asked.says("deleted"));
        }
        if (asked.is("DELETE", "subjects", "*", "versions", "*")) {
            return softDelete(subject, asked.path().get(3));
        }
        throw new No(404, "HTTP 404 Not Found");
    }

    private List<JsonNode> texts(List<String> texts) {
        return texts.stream()
                .map(Json.MAPPER.getNodeFactory()::stringNode)
                .map(JsonNode.class::cast)
                .toList();
    }

    private ArrayNode page(Asked asked, List<JsonNode> items) {
        int offset = hasPages ? Integer.parseInt(asked.query().getOrDefault("offset", "0")) : 0;
        int limit = hasPages ? Integer.parseInt(asked.query().getOrDefault("limit", "-1")) : -1;
        ArrayNode page = Json.MAPPER.createArrayNode();
        items.stream().skip(offset).limit(limit < 0 ? Long.MAX_VALUE : limit).forEach(page::add);
        return page;
    }

    private List<String> contexts() {
        return Stream.concat(subjects.keySet().stream(), configs.keySet().stream())
                .map(FakeDialect::contextOf)
                .distinct()
                .sorted()
                .toList();
    }

    private static String contextOf(String name) {
        return name.startsWith(":.") ? name.substring(1, name.indexOf(':', 1)) : ".";
    }

    private List<String> subjects(boolean withDeleted) {
        return subjects.entrySet().stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(version -> withDeleted || isLive(version)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<JsonNode> schemas() {
        List<JsonNode> latest = new ArrayList<>();
        subjects.forEach((name, versions) -> {
            ObjectNode schema = versions.values().stream()
                    .filter(FakeDialect::isLive)
                    .reduce((a, b) -> b)
                    .orElse(null);
            if (schema != null) {
                ObjectNode copy = schema.deepCopy();
                ArrayNode aliases = copy.putArray("aliases");
                configs.forEach((scope, config) -> {
                    if (config.path("alias").asString("").equals(name)) {
                        aliases.add(scope);
                    }
                });
                latest.add(copy);
            }
        });
        return latest;
    }

    private String aliased(String subject) {
        ObjectNode config = configs.get(subject);
        return config == null ? subject : config.path("alias").asString(subject);
    }

    private static boolean isLive(JsonNode version) {
        return !version.path("deleted").asBoolean(false);
    }

    private SortedMap<Integer, ObjectNode> versions(String subject) {
        return subjects.computeIfAbsent(subject, name -> new TreeMap<>());
    }

    private List<JsonNode> numbers(String subject, boolean withDeleted) {
        List<JsonNode> numbers = versions(subject).values().stream()
                .filter(version -> withDeleted || isLive(version))
                .map(version -> version.path("version"))
                .toList();
        if (numbers.isEmpty()) {
            throw new No(40401, "Subject '" + subject + "' not found.");
        }
        return numbers;
    }

    private ObjectNode version(String subject, String number, boolean withDeleted) {
        ObjectNode version = versions(subject).get(Integer.parseInt(number));
        if (version == null || (!withDeleted && !isLive(version))) {
            throw new No(40402, "Version " + number + " not found.");
        }
        return version;
    }

    private JsonNode softDelete(String subject, String number) {
        ObjectNode version = version(subject, number, true);
        if (!isLive(version)) {
            throw new No(40406, "Subject '" + subject + "' Version " + number + " was soft deleted.");
        }
        requireMode(subject, "READWRITE", "IMPORT");
        if (all().anyMatch(other -> isLive(other)
                && refersTo(other, subject, version.path("version").asInt()))) {
            throw new No(42206, "One or more references exist to the schema");
        }
        version.put("deleted", true);
        return version.path("version");
    }

    private Stream<ObjectNode> all() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    private static boolean refersTo(JsonNode schema, String subject, int version) {
        return schema.path("references").values().stream()
                .anyMatch(reference -> inContextOf(schema.path("subject").asString(), reference)
                                .equals(subject)
                        && reference.path("version").asInt() == version);
    }

    private static String inContextOf(String subject, JsonNode reference) {
        String name = reference.path("subject").asString();
        return name.startsWith(":.") || !subject.startsWith(":.")
                ? name
                : subject.substring(0, subject.indexOf(':', 1) + 1) + name;
    }

    private void requireMode(String subject, String... allowed) {
        String mode = inForce(subject);
        if (!List.of(allowed).contains(mode)) {
            throw new No(42205, "Subject " + subject + " in context " + contextOf(subject) + " is in mode " + mode);
        }
    }

    private String inForce(String subject) {
        String scope = contextOf(subject).equals(".") ? GLOBAL : ":" + contextOf(subject) + ":";
        return Stream.of(subject, scope, ":.__GLOBAL:")
                .map(modes::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("READWRITE");
    }

    private ObjectNode store(String subject, ObjectNode wish) {
        boolean isImport = wish.has("id");
        requireMode(subject, isImport ? "IMPORT" : "READWRITE");
        if (wish.path("schema").asString().contains("INVALID")) {
            throw new No(42201, "Invalid schema");
        }
        wish.path("references").values().forEach(reference -> {
            ObjectNode found = versions(inContextOf(subject, reference))
                    .get(reference.path("version").asInt());
            if (found == null || !isLive(found)) {
                throw new No(42201, "Invalid schema, details: no reference " + reference);
            }
        });
        ObjectNode same = versions(subject).values().stream()
                .filter(version -> isLive(version) && contentOf(version).equals(contentOf(wish)))
                .findFirst()
                .orElse(null);
        return same != null ? same : add(subject, wish);
    }

    private ObjectNode add(String subject, ObjectNode wish) {
        SortedMap<Integer, ObjectNode> versions = versions(subject);
        int next = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        ObjectNode version = Json.MAPPER.createObjectNode();
        version.put("subject", subject)
                .put("version", wish.path("version").asInt(next))
                .put("id", idOf(subject, wish));
        contentOf(wish).properties().forEach(field -> version.set(field.getKey(), field.getValue()));
        versions.put(version.path("version").asInt(), version);
        return version;
    }

    private int idOf(String subject, ObjectNode wish) {
        Stream<ObjectNode> inReach = all().filter(other -> hasIdsOfAllContexts
                || contextOf(other.path("subject").asString()).equals(contextOf(subject)));
        if (!wish.has("id")) {
            int known = inReach.filter(other -> contentOf(other).equals(contentOf(wish)))
                    .mapToInt(other -> other.path("id").asInt())
                    .findFirst()
                    .orElse(0);
            return known > 0 ? known : ++lastId;
        }
        int id = wish.path("id").asInt();
        inReach.filter(other ->
                        other.path("id").asInt() == id && !contentOf(other).equals(contentOf(wish)))
                .findFirst()
                .ifPresent(other -> {
                    throw new No(
                            42205,
                            "Overwrite new schema with id " + id + " in context " + contextOf(subject)
                                    + " is not permitted.");
                });
        return id;
    }

    private static ObjectNode contentOf(JsonNode version) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        Stream.of("schemaType", "schema", "references", "metadata", "ruleSet")
                .filter(name -> version.has(name)
                        && !(version.path(name).isArray() && version.path(name).isEmpty()))
                .forEach(name -> content.set(name, version.path(name)));
        return content;
    }

    private static String scopeOf(Asked asked) {
        return asked.path().size() > 1 ? asked.path().get(1) : GLOBAL;
    }

    private JsonNode config(Asked asked) {
        String scope = scopeOf(asked);
        switch (asked.method()) {
            case "PUT" -> mergeConfig(scope, asked.body());
            case "DELETE" -> {
                if (configs.remove(scope) == null) {
                    throw new No(40401, "Subject '" + scope + "' not found.");
                }
            }
            default -> {
                if (!configs.containsKey(scope) && !scope.equals(GLOBAL)) {
                    throw new No(40408, "Subject '" + scope + "' does not have subject-level compatibility configured");
                }
            }
        }
        return configs.getOrDefault(scope, Json.MAPPER.createObjectNode().put("compatibilityLevel", "BACKWARD"));
    }

    private void mergeConfig(String scope, JsonNode wish) {
        if (!scope.startsWith(":.") && !scope.equals(GLOBAL)) {
            requireMode(scope, "READWRITE", "IMPORT");
        }
        ObjectNode config = configs.computeIfAbsent(scope, name -> Json.MAPPER.createObjectNode());
        wish.properties().forEach(field -> {
            String name = field.getKey().equals("compatibility") ? "compatibilityLevel" : field.getKey();
            if (field.getValue().isNull()) {
                config.remove(name);
            } else {
                config.set(name, field.getValue());
            }
        });
    }

    private JsonNode mode(Asked asked) {
        String scope = scopeOf(asked);
        switch (asked.method()) {
            case "PUT" -> {
                String mode = asked.body().path("mode").asString();
                boolean hasLive = subjects(false).contains(scope);
                if (mode.equals("IMPORT") && hasLive && !asked.says("force")) {
                    throw new No(42205, "Cannot import since found existing subjects");
                }
                modes.put(scope, mode);
            }
            case "DELETE" -> {
                if (modes.remove(scope) == null) {
                    throw new No(40401, "Subject '" + scope + "' not found.");
                }
            }
            default -> {
                if (!modes.containsKey(scope) && !scope.equals(GLOBAL)) {
                    throw new No(40409, "Subject '" + scope + "' does not have subject-level mode configured");
                }
            }
        }
        return Json.MAPPER.createObjectNode().put("mode", modes.getOrDefault(scope, "READWRITE"));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
