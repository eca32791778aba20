package io.llmschema.systemtests.cluster;

import io.llmschema.testkit.RedisServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.Callable;

/** Trouble at random: Redis is killed and started again empty, or held; the connections on which nodes hear of changes are cut. */
final class Chaos implements Callable<Integer> {
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 1_500;
    private static final int MIN_FREEZE_MILLIS = 200;
    private static final int MAX_FREEZE_MILLIS = 3_000;
    private static final String CUT =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'llmschema-changes'";

    private final ClusterRun run;
    private final boolean isWanted;
    private final Random random;
    private volatile boolean hasBegun;
    private int kills;
    private int freezes;
    private int cuts;

    Chaos(ClusterRun run, boolean isWanted, long seed) {
        this.run = run;
        this.isWanted = isWanted;
        this.random = new Random(seed);
    }

    boolean hasBegun() {
        return hasBegun;
    }

    @Override
    public Integer call() throws InterruptedException, SQLException {
        int kinds = run.cluster().redis().isPresent() ? 3 : 1;
        hasBegun = run.goesOnAfter(run.quietMillis()) && isWanted;
        while (run.goesOnAfter(between(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS))) {
            if (hasBegun) {
                switch (random.nextInt(kinds)) {
                    case 0 -> cut();
                    case 1 -> kill(run.cluster().redis().orElseThrow());
                    default -> freeze(run.cluster().redis().orElseThrow());
                }
            }
        }
        return kills + freezes + cuts;
    }

    private int between(int min, int max) {
        return min + random.nextInt(max - min);
    }

    private void kill(RedisServer redis) throws InterruptedException {
        redis.kill();
        run.goesOnAfter(between(1, MIN_FREEZE_MILLIS));
        redis.restart();
        kills++;
    }

    private void freeze(RedisServer redis) throws InterruptedException {
        redis.freeze();
        try {
            run.goesOnAfter(between(MIN_FREEZE_MILLIS, MAX_FREEZE_MILLIS));
        } finally {
            redis.thaw();
        }
        freezes++;
    }

    private void cut() throws SQLException {
        try (Connection database = run.cluster().connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(CUT)) {
            row.next();
            cuts += row.getInt(1);
        }
    }

    @Override
    public String toString() {
        return "%d kills and %d freezes of Redis, %d listeners cut".formatted(kills, freezes, cuts);
    }
}
