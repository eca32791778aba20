package io.llmschema.storage.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.models.role.RedisInstance;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to Redis, one server or a cluster, that is used until the first trouble and then never again.
 *
 * <p>It does not mend itself: a reconnection that nobody notices could lead to another server, which knows less.
 */
sealed interface RedisLink {
    /** Where commands with a key are sent. */
    RedisClusterAsyncCommands<byte[], byte[]> commands();

    /**
     * Every server that keeps keys. Connects to those that were not needed yet, and blocks for that; before, commands for them are
     * refused.
     */
    List<RedisClusterAsyncCommands<byte[], byte[]>> masters();

    /** Closes it in the background; what is under way on it fails at once. The answer comes when it is closed. */
    CompletableFuture<Void> abandon();

    /** To one server. */
    record Single(StatefulRedisConnection<byte[], byte[]> connection) implements RedisLink {
        @Override
        public RedisClusterAsyncCommands<byte[], byte[]> commands() {
            return connection.async();
        }

        @Override
        public List<RedisClusterAsyncCommands<byte[], byte[]>> masters() {
            return List.of(connection.async());
        }

        @Override
        public CompletableFuture<Void> abandon() {
            // What the other side closed is closed here by Lettuce.
            return connection.isOpen() ? connection.closeAsync() : CompletableFuture.completedFuture(null);
        }
    }

    /** To a Redis Cluster. */
    record Cluster(StatefulRedisClusterConnection<byte[], byte[]> connection) implements RedisLink {
        @Override
        public RedisClusterAsyncCommands<byte[], byte[]> commands() {
            return connection.async();
        }

        @Override
        public List<RedisClusterAsyncCommands<byte[], byte[]>> masters() {
            return connection.getPartitions().stream()
                    .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM)
                            || node.getRole() == RedisInstance.Role.UPSTREAM)
                    .filter(node -> !node.hasNoSlots())
                    .<RedisClusterAsyncCommands<byte[], byte[]>>map(node -> connection
                            // By its address, as commands with a key are sent to it too.
                            .getConnection(
                                    node.getUri().getHost(), node.getUri().getPort())
                            .async())
                    .toList();
        }

        @Override
        public CompletableFuture<Void> abandon() {
            return connection.closeAsync();
        }
    }
}
