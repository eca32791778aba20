package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.cluster.History.Event;
import io.llmschema.systemtests.cluster.Truth.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A client that changes subjects, each time at any node.
 *
 * <p>It asks only for what is possible, as it knows what is true. When it sends the token of the last change, no node may refuse; without
 * it, a node may not know yet what is to be changed.
 */
final class Writer implements Callable<Integer> {
    private static final int MAX_PAUSE_MILLIS = 60;

    /** A request, in words of HTTP. */
    private record Change(
            String method, String path, @Nullable Object body) {}

    private final ClusterRun run;
    private final Random random;
    private int writes;
    private int refusals;

    Writer(ClusterRun run, long seed) {
        this.run = run;
        this.random = new Random(seed);
    }

    int writes() {
        return writes;
    }

    int refusals() {
        return refusals;
    }

    @Override
    public Integer call() throws InterruptedException, SQLException {
        try (Connection database = run.cluster().connect()) {
            while (run.goesOnAfter(random.nextInt(MAX_PAUSE_MILLIS))) {
                History history = run.history(random);
                if (history.writing().tryLock()) {
                    try {
                        write(history, database);
                    } finally {
                        history.writing().unlock();
                    }
                    run.retire(history);
                }
            }
        }
        return writes;
    }

    private void write(History history, Connection database) throws SQLException {
        Event last = history.last();
        Change change = change(history.subject(), last.truth());
        Node node = run.cluster().randomNode(random);
        String token = random.nextBoolean() ? last.token() : "";
        Answer answer = node.send(change.method(), change.path(), token, change.body());
        run.count();
        if (answer.isSuccess()) {
            writes++;
            history.add(database, node.number(), answer);
        } else if (token.isEmpty() && (answer.isAbsent() || answer.status() == 409)) {
            refusals++;
        } else {
            run.fail(node, change + " with token '" + token + "'", answer);
        }
    }

    private Change change(String subject, Truth truth) {
        String path = "/api/v1/subjects/" + subject;
        List<Version> live = truth.live();
        int dice = random.nextInt(100);
        if (live.isEmpty() || dice < 35) {
            // A word that no draft knows may mean something, so that each is a minor version: readers ask for the next
            // by its name. So short
            // that it is stored as it is, where the checker reads it.
            String content = "{\"%s\":%d}".formatted(subject, truth.versions().size() + 1);
            return new Change("POST", path + "/versions", Map.of("schema", content));
        }
        Version version = live.get(random.nextInt(live.size()));
        String versionPath = path + "/versions/" + version.version();
        if (dice < 70) {
            return new Change("PUT", versionPath + "/state", nextState(version));
        }
        if (dice < 82) {
            return new Change("DELETE", versionPath, null);
        }
        return dice < 97
                ? new Change("PATCH", path, Map.of("description", "d" + truth.revision()))
                : new Change("DELETE", path, null);
    }

    /** A state that the version may get to, and is not in. */
    private Map<String, String> nextState(Version version) {
        List<String> stages = switch (version.stage()) {
            case "ACTIVE" -> List.of("DEPRECATED", "ARCHIVED");
            case "ARCHIVED" -> List.of("DEPRECATED");
            default -> List.of("DEPRECATED", "ACTIVE", "ARCHIVED");
        };
        Map<String, String> state = new HashMap<>();
        state.put("stage", stages.get(random.nextInt(stages.size())));
        if (state.containsValue("DEPRECATED")) {
            state.put("reason", "r" + version.revision());
        }
        return state;
    }
}
