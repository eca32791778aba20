package io.llmschema.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request, with its path parameters decoded; its body is read when it is first asked for. Used by one thread. */
public final class Request {
    private static final int CHUNK = 16 * 1024;
    private static final HeaderName TENANT = HeaderNames.create("Registry-Tenant");
    private static final HeaderName CONSISTENCY_TOKEN = HeaderNames.create("Registry-Consistency-Token");

    private final ServerRequest request;
    private final Map<String, String> pathParameters;
    private final HttpLimits limits;
    private byte @Nullable [] body;
    private @Nullable Map<String, List<String>> query;

    Request(ServerRequest request, Map<String, String> pathParameters, HttpLimits limits) {
        this.request = request;
        this.pathParameters = pathParameters;
        this.limits = limits;
    }

    /** The value of a parameter of the route's template. */
    public String path(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** The value of a parameter that the route's template may have. */
    public Optional<String> pathIfAny(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }

    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /** Whose data is meant. */
    public TenantId tenant() {
        return request.headers().first(TENANT).map(TenantId::new).orElse(TenantId.DEFAULT);
    }

    /** The token of an earlier answer, than which no answer may be older. */
    public Optional<String> consistencyToken() {
        return request.headers().first(CONSISTENCY_TOKEN);
    }

    /** Whether there are any query parameters. */
    public boolean hasQuery() {
        return !request.query().rawValue().isEmpty();
    }

    /** The first value of a query parameter; empty if it is absent or empty. */
    public Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    /** All values of a query parameter that are not empty. */
    public List<String> queries(String name) {
        List<String> values = query().getOrDefault(name, List.of());
        for (String value : values) {
            if (value.length() > HttpLimits.MAX_PARAMETER_LENGTH || value.indexOf(0) >= 0) {
                throw new InvalidValue(
                        hyphenated(name),
                        value,
                        "a parameter has at most %,d characters and no NUL".formatted(HttpLimits.MAX_PARAMETER_LENGTH));
            }
        }
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    /**
     * The query parameters, decoded here as strictly as the path is: the HTTP library puts replacement characters where something is
     * not UTF-8, and they would be stored.
     */
    private Map<String, List<String>> query() {
        if (query == null) {
            Map<String, List<String>> read = new LinkedHashMap<>();
            for (String pair : request.query().rawValue().split("&", -1)) {
                if (!pair.isEmpty()) {
                    int end = pair.indexOf('=');
                    String name = decoded(end < 0 ? pair : pair.substring(0, end));
                    String value = end < 0 ? "" : decoded(pair.substring(end + 1));
                    read.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
            }
            query = read;
        }
        return query;
    }

    /** A plus is a space in a query. */
    private static String decoded(String part) {
        String decoded = Router.decode(part.replace("+", "%20"));
        if (decoded == null) {
            throw new HttpProblem(Kind.MALFORMED_PATH, "the query is not percent-encoded UTF-8: " + part);
        }
        return decoded;
    }

    /** The name of a parameter as problem codes have it: {@code dry-run} for {@code dryRun}. */
    private static String hyphenated(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** All values of a query parameter, each of which may be several separated by commas. */
    public List<String> queryList(String name) {
        return queries(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A query parameter that is {@code true} or {@code false}; absent, it is false, and without a value it is true. */
    public boolean flag(String name) {
        if (!query().containsKey(name)) {
            return false;
        }
        String value = query(name).orElse("true");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue(hyphenated(name), value, "it is true or false");
        };
    }

    /** The part of a list that is asked for. */
    public PageRequest page() {
        String limit = query("limit").orElse(Integer.toString(PageRequest.DEFAULT_SIZE));
        try {
            return new PageRequest(
                    Integer.parseInt(limit),
                    query("cursor")
                            .map(cursor -> Cursor.decode(cursor, listIdentity()))
                            .orElse(null));
        } catch (NumberFormatException e) {
            throw new InvalidValue("limit", limit, "it is a whole number");
        }
    }

    /** The cursor that leads from a page of this request's list to the next; absent at the end. */
    public @Nullable String nextCursor(Page<?> page) {
        return page.next() == null ? null : Cursor.encode(page.next(), listIdentity());
    }

    /** What tells the list of this request from every other list. */
    private String listIdentity() {
        StringBuilder identity = new StringBuilder(tenant().value()).append(' ').append(rawPath());
        query().keySet().stream()
                .filter(name -> !name.equals("cursor") && !name.equals("limit"))
                .sorted()
                .forEach(name -> identity.append(' ').append(name).append('=').append(queries(name)));
        return identity.toString();
    }

    /** The path as it stands in the request line. */
    public String rawPath() {
        return request.path().rawPath();
    }

    /** The body's media type in lower case, without parameters; empty if the request does not say. */
    public String mediaType() {
        String[] parts =
                header("Content-Type").orElse("").toLowerCase(Locale.ROOT).split(";", -1);
        for (String part : parts) {
            String parameter = part.replaceAll("[\\s\"]", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                throw new HttpProblem(
                        Kind.UNSUPPORTED_MEDIA_TYPE,
                        "the body must be UTF-8, not " + parameter.substring("charset=".length()));
            }
        }
        return parts[0].strip();
    }

    /** How many bytes the body may have: what the request says, or else what is allowed. */
    long bodyBound() {
        if (!request.content().hasEntity()) {
            return 0;
        }
        long length = request.headers().contentLength().orElse(limits.maxRequestBytes());
        if (length > limits.maxRequestBytes()) {
            throw tooLarge(limits);
        }
        return length;
    }

    /** The whole body. */
    public byte[] body() {
        byte[] read = body;
        if (read == null) {
            read = readBody();
            body = read;
        }
        return read;
    }

    private byte[] readBody() {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        // The stream is not closed: that would wait for more of a body that was refused.
        InputStream in = request.content().inputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(bodyBound(), 1024 * 1024));
        byte[] chunk = new byte[CHUNK];
        try (Deadline deadline = Deadline.after(HttpLimits.BODY_TIMEOUT)) {
            for (int read = read(in, chunk, deadline); read >= 0; read = read(in, chunk, deadline)) {
                bytes.write(chunk, 0, read);
                if (bytes.size() > limits.maxRequestBytes()) {
                    throw tooLarge(limits);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Reads a part of the body; whatever goes wrong then is the client's doing. */
    private static int read(InputStream in, byte[] chunk, Deadline deadline) {
        try {
            return in.read(chunk);
        } catch (NumberFormatException e) {
            throw new HttpProblem(Kind.MALFORMED_REQUEST, "a chunk of the body does not begin with its length");
        } catch (IOException | RuntimeException e) {
            if (deadline.hasPassed()) {
                throw new HttpProblem(
                        Kind.REQUEST_TIMEOUT,
                        "the body did not arrive within " + HttpLimits.BODY_TIMEOUT.toSeconds() + " seconds");
            }
            throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body ended early");
        }
    }

    static HttpProblem tooLarge(HttpLimits limits) {
        return new HttpProblem(
                Kind.REQUEST_TOO_LARGE,
                "the request body is larger than %,d bytes".formatted(limits.maxRequestBytes()));
    }

    /** Whether the client has an answer already that is tagged so. */
    boolean hasCurrent(String etag) {
        return request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(tags -> isAmong(etag, tags))
                .isPresent();
    }

    private static boolean isAmong(String etag, String tags) {
        return Arrays.stream(tags.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
    }
}
