package io.llmschema.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a path, segment by segment, before percent-decoding: so that a name may contain {@code %2F}.
 *
 * <p>The HTTP library's own routing matches decoded paths, in which an encoded slash cannot be told from a separator. A fixed segment
 * is preferred to a parameter: {@code /schemas/ids} is not a schema with the id "ids". One trailing slash is ignored.
 */
final class Router {
    /** The routes below one segment of a path. */
    private static final class Node {
        private final Map<String, Node> fixed = new HashMap<>();
        private @Nullable Node parameter;
        private final Map<String, Target> byMethod = new HashMap<>();
    }

    /** A route, the dialect that brought it, and the names of its parameters in the order of its template. */
    private record Target(Dialect dialect, Route route, List<String> parameters) {}

    /** What a path leads to. */
    sealed interface Match {
        /** A route, the dialect that brought it, and what its parameters are, decoded. */
        record Found(Dialect dialect, Route route, Map<String, String> parameters) implements Match {}

        /** A path that is answered to other methods. */
        record OtherMethods(Set<String> allowed) implements Match {}

        /** Nothing. */
        record NotFound() implements Match {}

        /** A path that is not well-formed percent-encoded UTF-8. */
        record Malformed() implements Match {}
    }

    private final Node root = new Node();

    void add(Dialect dialect, List<Route> routes) {
        routes.forEach(route -> add(dialect, route));
    }

    private void add(Dialect dialect, Route route) {
        Node node = root;
        List<String> parameters = new ArrayList<>();
        for (String segment : route.template().substring(1).split("/", -1)) {
            if (!segment.startsWith("{")) {
                node = node.fixed.computeIfAbsent(segment, _ -> new Node());
            } else {
                Node next = node.parameter == null ? new Node() : node.parameter;
                node.parameter = next;
                node = next;
                parameters.add(segment.substring(1, segment.length() - 1));
            }
        }
        if (node.byMethod.put(route.method(), new Target(dialect, route, parameters)) != null) {
            throw new IllegalArgumentException("two routes for " + route.method() + " " + route.template());
        }
    }

    /**
     * The route for a request.
     *
     * @param rawPath as it stands in the request line, without the query
     */
    Match find(String method, String rawPath) {
        if (!rawPath.startsWith("/")) {
            return new Match.NotFound();
        }
        List<String> values = new ArrayList<>();
        Node node = root;
        int length = rawPath.length();
        int end = length > 1 && rawPath.endsWith("/") ? length - 1 : length;
        for (int from = 1; from <= end; ) {
            int slash = rawPath.indexOf('/', from, end);
            String segment = rawPath.substring(from, slash < 0 ? end : slash);
            from += segment.length() + 1;
            Node next = node.fixed.get(segment);
            if (next == null) {
                next = segment.isEmpty() ? null : node.parameter;
                values.add(segment);
            }
            if (next == null) {
                return new Match.NotFound();
            }
            node = next;
        }
        Target target = node.byMethod.get(method);
        if (target == null && method.equals("HEAD")) {
            // Answered as GET; the server leaves the body out.
            target = node.byMethod.get("GET");
        }
        if (target != null) {
            return found(target, values);
        }
        return node.byMethod.isEmpty()
                ? new Match.NotFound()
                : new Match.OtherMethods(new TreeSet<>(node.byMethod.keySet()));
    }

    private static Match found(Target target, List<String> values) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String value = decode(values.get(i));
            if (value == null) {
                return new Match.Malformed();
            }
            parameters.put(target.parameters().get(i), value);
        }
        return new Match.Found(target.dialect(), target.route(), parameters);
    }

    /** Percent-decoded; null where that is not UTF-8, or where a character stands that cannot stand in a request line. */
    static @Nullable String decode(String segment) {
        boolean isEncoded = false;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c <= ' ' || c > '~') {
                return null;
            }
            isEncoded |= c == '%';
        }
        return isEncoded ? decodeEscapes(segment) : segment;
    }

    private static @Nullable String decodeEscapes(String segment) {
        try {
            // A plus is a plus in a path. The bytes are decoded strictly, where URLDecoder would put replacement
            // characters.
            String bytes = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
