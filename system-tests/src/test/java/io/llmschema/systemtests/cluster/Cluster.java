package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.OwnPostgres;
import io.llmschema.systemtests.recovery.ServerProcess;
import io.llmschema.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Servers over one PostgreSQL and, if it is wanted, one Redis; all are processes of their own, and end with this. */
final class Cluster implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections",
            "200",
            "shared_preload_libraries",
            "pg_stat_statements",
            "pg_stat_statements.track_planning",
            "off");

    /** The most connections of each server to the database: there are many servers on this machine. */
    private static final String POOL_SIZE = "10";

    private final List<Node> nodes = new ArrayList<>();
    private final Launch launch;
    private OwnPostgres postgres;
    private final Optional<RedisServer> redis;

    private Cluster(Path folder, Optional<RedisServer> redis, Map<String, String> properties) throws IOException {
        this.redis = redis;
        this.postgres = OwnPostgres.start(folder.resolve("database"), SETTINGS);
        Launch plain = Launch.in(
                        folder,
                        "--database-url",
                        postgres.url(),
                        "--database-pool-size",
                        POOL_SIZE,
                        "--warm-schemas",
                        "0")
                .withVariable("JDK_JAVA_OPTIONS", options(properties));
        this.launch = redis.map(it -> plain.with("--redis-url", it.url())).orElse(plain);
    }

    private static String options(Map<String, String> properties) {
        return String.join(
                " ",
                properties.entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                        .toList());
    }

    /** Servers without Redis. */
    static Cluster start(Path folder, int size) throws IOException {
        return start(folder, size, Optional.empty(), Map.of());
    }

    /**
     * Servers that all listen.
     *
     * @param redis is taken over: it is closed with this
     * @param properties system properties of the servers
     */
    static Cluster start(Path folder, int size, Optional<RedisServer> redis, Map<String, String> properties)
            throws IOException {
        Cluster cluster = new Cluster(folder, redis, properties);
        try {
            cluster.add(size);
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void add(int size) throws IOException {
        List<ServerProcess> starting = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            starting.add(launch.start());
        }
        for (ServerProcess server : starting) {
            nodes.add(new Node(nodes.size(), server, server.url()));
        }
    }

    /** One more server, whose caches are empty. */
    Node addNode() throws IOException {
        add(1);
        return nodes.getLast();
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Node randomNode(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    OwnPostgres postgres() {
        return postgres;
    }

    Optional<RedisServer> redis() {
        return redis;
    }

    /** A connection to the database beneath. */
    Connection connect() throws SQLException {
        return postgres.postgres().getPostgresDatabase().getConnection();
    }

    /** Starts the database again after it was closed. */
    void startPostgresAgain() throws IOException {
        postgres = postgres.startAgain();
    }

    /** What the servers have printed, for the messages of failures. */
    String outputs() {
        return String.join(
                "\n",
                nodes.stream()
                        .map(node -> "--- " + node + "\n" + node.server().output())
                        .toList());
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(node -> node.server().close());
        postgres.close();
        redis.ifPresent(RedisServer::close);
    }
}
