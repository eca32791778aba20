package io.llmschema.storage.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how it may be used.
 *
 * @param nodes one server, or some of a cluster's, through which the others are found
 * @param isCluster whether they are of a Redis Cluster
 * @param isEncrypted whether by TLS; the server's certificate and name are then checked
 * @param user absent: Redis's default user
 * @param password absent: none is sent
 * @param database its number; a cluster has only 0
 * @param certificates a file of certificates (PEM) to trust; absent: those that Java trusts
 * @param ttl how long an entry is kept
 * @param commandTimeout how long an answer is waited for; once one is late, no other is waited for
 * @param prefix what every key begins with: 1 to 64 letters, digits, {@code .}, {@code _}, {@code -} and {@code :}; registries that share
 *     a Redis have different ones
 */
public record RedisConfig(
        List<Node> nodes,
        boolean isCluster,
        boolean isEncrypted,
        @Nullable String user,
        @Nullable String password,
        int database,
        @Nullable Path certificates,
        Duration ttl,
        Duration commandTimeout,
        String prefix) {
    public static final Duration DEFAULT_TTL = Duration.ofHours(1);
    public static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofMillis(50);
    public static final String DEFAULT_PREFIX = "llmschema";

    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_PORT = 65_535;

    private static final String EXAMPLES =
            "; it is like redis://user:password@host:6379/0, rediss://host:6379 (with TLS) or redis-cluster://host1:6379,host2:6379";

    private static final Pattern FORM =
            Pattern.compile("rediss?(-cluster)?://(?:([^@/]*)@)?([^@/?]+)(?:/([0-9]{0,4}))?(?:\\?(.*))?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]\\s]+)(?::([0-9]{1,5}))?");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String CERTIFICATES = "cacert";

    /** A server's address. */
    public record Node(String host, int port) {
        /** As it is written in a URL. */
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public RedisConfig {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || (nodes.size() > 1 && !isCluster)) {
            throw new IllegalArgumentException("one server, or a cluster's; not " + nodes.size() + EXAMPLES);
        }
        if (isCluster && database != 0) {
            throw new IllegalArgumentException("a Redis Cluster has database 0 only, not " + database);
        }
        if (ttl.toMillis() < 1 || commandTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the time to live and the time-out of Redis are a millisecond or more");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix of keys is 1 to 64 letters, digits, '.', '_', '-' and ':', for example "
                            + DEFAULT_PREFIX);
        }
    }

    /**
     * The configuration for a URL.
     *
     * <p>{@code redis://[[user]:password@]host[:port][/database]} is one server; with {@code rediss://} it is spoken to by TLS.
     * {@code redis-cluster://[[user]:password@]host[:port][,host[:port]…]} and {@code rediss-cluster://…} are a Redis Cluster, of which
     * any one node that answers is enough. With TLS, {@code ?cacert=/path/to/ca.pem} names the certificates to trust. User and
     * password are percent-encoded.
     *
     * @throws IllegalArgumentException it is of neither form
     */
    public static RedisConfig of(String url) {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            // The URL may hold a password, so it is not repeated.
            throw new IllegalArgumentException("the URL of Redis is not well-formed" + EXAMPLES);
        }
        String userInfo = matcher.group(2);
        String[] credentials = userInfo == null ? new String[0] : userInfo.split(":", 2);
        if (credentials.length == 1) {
            throw new IllegalArgumentException("before the @ stands user:password or :password" + EXAMPLES);
        }
        boolean isEncrypted = url.startsWith("rediss");
        String database = matcher.group(4);
        return new RedisConfig(
                Arrays.stream(matcher.group(3).split(",", -1))
                        .map(RedisConfig::node)
                        .toList(),
                matcher.group(1) != null,
                isEncrypted,
                credentials.length == 0 || credentials[0].isEmpty() ? null : decode(credentials[0]),
                credentials.length == 0 ? null : decode(credentials[1]),
                database == null || database.isEmpty() ? 0 : Integer.parseInt(database),
                certificates(matcher.group(5), isEncrypted),
                DEFAULT_TTL,
                DEFAULT_COMMAND_TIMEOUT,
                DEFAULT_PREFIX);
    }

    private static Node node(String text) {
        Matcher matcher = NODE.matcher(text);
        int port = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : DEFAULT_PORT;
        if (!matcher.matches() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("'" + text + "' is no host and port of a Redis" + EXAMPLES);
        }
        return new Node(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private static @Nullable Path certificates(@Nullable String query, boolean isEncrypted) {
        if (query == null || query.isEmpty()) {
            return null;
        }
        Map<String, String> parameters = Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> parameter.length == 1 ? "" : decode(parameter[1]),
                        (_, last) -> last));
        if (!parameters.keySet().equals(Set.of(CERTIFICATES)) || !isEncrypted) {
            throw new IllegalArgumentException(
                    "the one parameter of a Redis URL is cacert, with TLS, as in rediss://host:6379?cacert=/path/to/ca.pem");
        }
        Path file = Path.of(parameters.get(CERTIFICATES));
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the certificates of Redis cannot be read: " + file);
        }
        return file;
    }

    private static String decode(String text) {
        // A plus is a plus in a URI; URLDecoder would make a space of it.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public RedisConfig withTtl(Duration given) {
        return new RedisConfig(
                nodes, isCluster, isEncrypted, user, password, database, certificates, given, commandTimeout, prefix);
    }

    public RedisConfig withCommandTimeout(Duration given) {
        return new RedisConfig(
                nodes, isCluster, isEncrypted, user, password, database, certificates, ttl, given, prefix);
    }

    public RedisConfig withPrefix(String given) {
        return new RedisConfig(
                nodes, isCluster, isEncrypted, user, password, database, certificates, ttl, commandTimeout, given);
    }

    /** Hosts and ports, without secrets: {@code localhost:6379}. */
    public String address() {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisConfig[" + (isCluster ? "cluster " : "") + address() + "]";
    }
}
