package io.llmschema.storage.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes connections to Redis, each by one's own wish: none is made again by itself. Safe for many threads. */
final class RedisConnector implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);
    private static final Duration TOPOLOGY_REFRESH_PAUSE = Duration.ofSeconds(1);

    /** How many commands may be unanswered on one connection. */
    private static final int MAX_COMMANDS_IN_FLIGHT = 50_000;

    /** Threads that read and write all connections of one client; none of them ever waits. */
    private static final int IO_THREADS = 2;

    /** Lettuce's least. */
    private static final int COMPUTATION_THREADS = 2;

    /** Which of Lettuce's two clients it is. */
    private sealed interface Client {
        record Single(RedisClient client) implements Client {}

        record Cluster(RedisClusterClient client) implements Client {}
    }

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(COMPUTATION_THREADS)
            .build();
    private final Client client;

    RedisConnector(RedisConfig config) {
        List<RedisURI> uris =
                config.nodes().stream().map(node -> uri(config, node)).toList();
        this.client = config.isCluster() ? cluster(config, uris) : single(config, uris.getFirst());
    }

    private Client single(RedisConfig config, RedisURI uri) {
        RedisClient made = RedisClient.create(resources, uri);
        made.setOptions(options(ClientOptions.builder(), config).build());
        return new Client.Single(made);
    }

    private Client cluster(RedisConfig config, List<RedisURI> uris) {
        RedisClusterClient made = RedisClusterClient.create(resources, uris);
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        options(options, config);
        // Refreshes that adapt (to redirections, for instance) are on unless they are turned off.
        made.setOptions(options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                        .adaptiveRefreshTriggersTimeout(TOPOLOGY_REFRESH_PAUSE)
                        .build())
                .build());
        return new Client.Cluster(made);
    }

    private static RedisURI uri(RedisConfig config, RedisConfig.Node node) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(node.host())
                .withPort(node.port())
                .withDatabase(config.database())
                .withSsl(config.isEncrypted())
                .withVerifyPeer(SslVerifyMode.FULL)
                .withTimeout(CONNECT_TIMEOUT);
        String password = config.password();
        String user = config.user();
        if (password != null) {
            uri = user == null
                    ? uri.withPassword(password.toCharArray())
                    : uri.withAuthentication(user, password.toCharArray());
        }
        return uri.build();
    }

    private static ClientOptions.Builder options(ClientOptions.Builder options, RedisConfig config) {
        SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(CONNECT_TIMEOUT);
        Path certificates = config.certificates();
        if (certificates != null) {
            ssl.trustManager(certificates.toFile());
        }
        return options.autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_COMMANDS_IN_FLIGHT)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .sslOptions(ssl.build());
    }

    /** A new connection; blocks until it is there. */
    RedisLink connect() {
        return switch (client) {
            case Client.Single(RedisClient single) -> new RedisLink.Single(single.connect(ByteArrayCodec.INSTANCE));
            case Client.Cluster(RedisClusterClient cluster) -> {
                cluster.refreshPartitions();
                RedisLink made = new RedisLink.Cluster(cluster.connect(ByteArrayCodec.INSTANCE));
                try {
                    made.masters();
                    yield made;
                } catch (RuntimeException e) {
                    var _ = made.abandon();
                    throw e;
                }
            }
        };
    }

    /** A new connection to be told on; blocks until it is there. */
    StatefulRedisPubSubConnection<byte[], byte[]> connectPubSub() {
        return switch (client) {
            case Client.Single(RedisClient single) -> single.connectPubSub(ByteArrayCodec.INSTANCE);
            case Client.Cluster(RedisClusterClient cluster) -> {
                cluster.refreshPartitions();
                yield cluster.connectPubSub(ByteArrayCodec.INSTANCE);
            }
        };
    }

    /** Has it called whenever it was seen that other servers of a cluster keep some keys than before. */
    void onOtherOwners(Runnable listener) {
        var _ = resources.eventBus().get().subscribe(event -> {
            // Every look at a cluster is told, the first one and those that found nothing new too.
            if (event instanceof ClusterTopologyChangedEvent change
                    && !change.before().isEmpty()
                    && !owners(change.before()).equals(owners(change.after()))) {
                listener.run();
            }
        });
    }

    /** Which node keeps which slots. */
    private static Map<String, Set<Integer>> owners(List<RedisClusterNode> nodes) {
        return nodes.stream()
                .filter(node -> !node.hasNoSlots())
                .collect(Collectors.toMap(RedisClusterNode::getNodeId, node -> Set.copyOf(node.getSlots())));
    }

    @Override
    public void close() {
        AbstractRedisClient made = switch (client) {
            case Client.Single(RedisClient single) -> single;
            case Client.Cluster(RedisClusterClient cluster) -> cluster;
        };
        quietly(() -> made.shutdownAsync(0, 0, TimeUnit.SECONDS).get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        quietly(() -> resources.shutdown(0, 0, TimeUnit.SECONDS).get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A step of closing. */
    private interface Step {
        @Nullable
        Object run() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** What cannot be closed in time is left to the end of the process. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(RedisConnector.class.getName())
                    .log(System.Logger.Level.DEBUG, "a client of Redis was not closed in time", e);
        }
    }
}
