package io.llmschema.systemtests.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A client that changes a subject of its own at one node, and asks all others for it, over and over, until they show the change: so
 * that it is known how long that takes.
 */
final class Prober implements Callable<Integer> {
    private static final String PATH = "/api/v1/subjects/probe";
    private static final int MAX_PAUSE_MILLIS = 50;
    private static final int POLL_MILLIS = 1;

    private final ClusterRun run;
    private final Random random;
    private final Staleness inQuiet = new Staleness();
    private final Staleness inTrouble = new Staleness();

    Prober(ClusterRun run, long seed) {
        this.run = run;
        this.random = new Random(seed);
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        run.cluster().node(0).register("probe", "{}");
        int probes = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (run.goesOnAfter(random.nextInt(MAX_PAUSE_MILLIS))) {
                probe(threads, probes++);
            }
        }
        return probes;
    }

    private void probe(ExecutorService threads, int probe) throws InterruptedException, ExecutionException {
        Node writing = run.cluster().randomNode(random);
        Answer written = writing.send("PATCH", PATH, "", Map.of("description", "probe " + probe));
        run.count();
        if (!written.isSuccess()) {
            run.fail(writing, "PATCH " + PATH, written);
            return;
        }
        List<Future<?>> waiting = new ArrayList<>();
        for (Node node : run.cluster().nodes()) {
            if (node.number() != writing.number()) {
                waiting.add(threads.submit(() -> {
                    awaitShown(node, written);
                    return node;
                }));
            }
        }
        for (Future<?> one : waiting) {
            one.get();
        }
    }

    /** What is not shown when the run ends is not measured. */
    private void awaitShown(Node node, Answer written) throws InterruptedException {
        long revision = written.json().path("revision").asLong();
        Answer shown = node.get(PATH);
        run.count();
        while (shown.isSuccess() && shown.json().path("revision").asLong() < revision) {
            if (!run.goesOnAfter(POLL_MILLIS)) {
                return;
            }
            shown = node.get(PATH);
            run.count();
        }
        if (shown.isSuccess()) {
            (run.isTroubled() ? inTrouble : inQuiet).add(shown.end() - written.end());
        } else {
            run.fail(node, "GET " + PATH, shown);
        }
    }

    @Override
    public String toString() {
        return "in quiet " + inQuiet + ", in trouble " + inTrouble;
    }
}
