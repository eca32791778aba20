package io.llmschema.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real Redis Cluster of three masters without replicas, as child processes on free ports of this host. */
public final class RedisCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final int BUS_OFFSET = 10_000;
    private static final Duration FORMATION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /** The cluster, ready to serve. */
    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        try {
            cluster.form();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void form() {
        for (int i = 0; i < NODES; i++) {
            RedisServer node = RedisServer.builder()
                    .clusterNode()
                    .arguments("--cluster-enabled", "yes", "--cluster-node-timeout", "2000")
                    .start();
            nodes.add(node);
            node.command(addSlots(SLOTS * i / NODES, SLOTS * (i + 1) / NODES));
            node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        int first = nodes.getFirst().port();
        for (RedisServer node : nodes.subList(1, NODES)) {
            node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(first), Integer.toString(first + BUS_OFFSET));
        }
        long deadline = System.nanoTime() + FORMATION_TIMEOUT.toNanos();
        while (!nodes.stream().allMatch(RedisCluster::knowsAll)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no cluster has formed within " + FORMATION_TIMEOUT);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static String[] addSlots(int from, int to) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(from, to).mapToObj(Integer::toString).forEach(command::add);
        return command.toArray(String[]::new);
    }

    private static boolean knowsAll(RedisServer node) {
        List<String> facts = node.command("CLUSTER", "INFO").lines().toList();
        return facts.contains("cluster_state:ok")
                && facts.contains("cluster_known_nodes:" + NODES)
                && facts.contains("cluster_size:" + NODES)
                && facts.contains("cluster_slots_assigned:" + SLOTS);
    }

    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** Where it is, in the form of this registry's configuration. */
    public String url() {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return "RedisCluster" + nodes;
    }
}
