package io.llmschema.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.cluster.Violation.Kind;
import io.llmschema.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers, clients that write and read at random, and trouble with what carries the news between the servers: all that is shown is
 * held against the promises of {@code CachingStorage}.
 *
 * <p>{@code -Dcluster.seconds=600} lets it run for longer, {@code -Dseed=} repeats the decisions of a run.
 */
final class ClusterHistoryTest {
    private static final Duration HOW_LONG = Duration.ofSeconds(Integer.getInteger("cluster.seconds", 30));
    private static final Duration HOW_LONG_DEAF = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final int NODES = 3;
    private static final int MAX_SHOWN = 5;
    private static final Map<String, String> DEAF = Map.of("llmschema.unsafe.ignore-changes", "true");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whateverIsShown_keepsThePromises() throws Exception {
        try (Cluster cluster = Cluster.start(folder, NODES, Optional.of(RedisServer.start()), Map.of())) {
            ClusterRun run = run("with Redis", cluster, HOW_LONG, true);

            assertThat(shown(run.violations(BOUND), cluster)).isEmpty();
        }
    }

    @Test
    void whateverIsShown_keepsThePromises_withoutRedisToo() throws Exception {
        try (Cluster cluster = Cluster.start(folder, NODES, Optional.empty(), Map.of())) {
            ClusterRun run = run("without Redis", cluster, HOW_LONG, true);

            assertThat(shown(run.violations(BOUND), cluster)).isEmpty();
        }
    }

    /** The test of the test. */
    @Test
    void nodesThatIgnoreChanges_areFoundGuilty() throws Exception {
        try (Cluster cluster = Cluster.start(folder, NODES, Optional.empty(), DEAF)) {
            ClusterRun run = run("deaf", cluster, HOW_LONG_DEAF, false);

            List<Violation> violations = run.violations(BOUND);

            assertThat(violations)
                    .extracting(Violation::kind)
                    .contains(Kind.TOO_STALE, Kind.OWN_WRITE_LOST, Kind.BACK_IN_TIME);
            System.out.println("ClusterHistoryTest deaf: " + violations.size() + " violations");
        }
    }

    private static ClusterRun run(String name, Cluster cluster, Duration howLong, boolean hasChaos) throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("ClusterHistoryTest " + name + ", seed " + seed);
        ClusterRun run = new ClusterRun(cluster, seed, hasChaos);
        run.run(howLong);
        System.out.println("ClusterHistoryTest " + name + ": " + run);
        return run;
    }

    /** So many and what the first are, which is as much as one can read. */
    private static String shown(List<Violation> violations, Cluster cluster) {
        return violations.isEmpty()
                ? ""
                : violations.size() + " violations, the first of them:\n"
                        + String.join(
                                "\n",
                                violations.stream()
                                        .limit(MAX_SHOWN)
                                        .map(Violation::toString)
                                        .toList())
                        + "\n" + cluster.outputs();
    }
}
