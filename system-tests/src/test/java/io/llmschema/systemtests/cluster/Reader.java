package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.cluster.History.Event;
import io.llmschema.systemtests.cluster.Truth.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** A client that asks about subjects, each time another node. */
final class Reader implements Callable<Integer> {
    private static final int MAX_PAUSE_MILLIS = 8;
    private static final int PERCENT_OF_PAST_SUBJECTS = 5;
    private static final int PERCENT_TOLD = 10;
    private static final Question.Kind[] KINDS = Question.Kind.values();

    private static final int RADIX = 36;

    private final ClusterRun run;
    private final int number;
    private final boolean sends;
    private final Random random;
    private final List<Observation> observations = new ArrayList<>();
    private String token = "";

    /** @param sends whether it sends the token of its last answer with each request */
    Reader(ClusterRun run, int number, boolean sends, long seed) {
        this.run = run;
        this.number = number;
        this.sends = sends;
        this.random = new Random(seed);
    }

    /** Read when it has ended. */
    List<Observation> observations() {
        return observations;
    }

    @Override
    public Integer call() throws InterruptedException {
        while (run.goesOnAfter(random.nextInt(MAX_PAUSE_MILLIS))) {
            History history =
                    random.nextInt(100) < PERCENT_OF_PAST_SUBJECTS ? run.anyHistory(random) : run.history(random);
            ask(history, run.cluster().randomNode(random));
        }
        return observations.size();
    }

    private void ask(History history, Node node) {
        Event last = history.last();
        Question question = question(history.subject(), last.truth());
        boolean isTold = sends && random.nextInt(100) < PERCENT_TOLD;
        String sent = isTold ? later(token, last.token()) : sends ? token : "";
        Answer answer = node.get(question.path(), sent);
        run.count();
        boolean isExpected = answer.status() == 200 || answer.isAbsent();
        boolean hasToken = !answer.token().isEmpty() || question.isForEver();
        if (!isExpected || answer.isStale() || !hasToken) {
            run.fail(node, question.toString(), answer);
            return;
        }
        observations.add(new Observation(
                number,
                node.number(),
                question,
                sends,
                isTold ? last.index() : 0,
                sent,
                answer.token(),
                question.shown(answer),
                answer.begin(),
                answer.end()));
        token = answer.token().isEmpty() ? sent : answer.token();
    }

    private static String later(String one, String other) {
        return value(one) >= value(other) ? one : other;
    }

    private static long value(String token) {
        return token.isEmpty() ? 0 : Long.parseLong(token, RADIX);
    }

    private Question question(String subject, Truth truth) {
        Question.Kind kind = KINDS[random.nextInt(KINDS.length)];
        int versions = truth.versions().size();
        boolean isByName = kind == Question.Kind.EXACT || kind == Question.Kind.ORDINAL;
        // By its name also the one may be asked for that is not there yet, by its id only what there is.
        int ordinal = isByName ? 1 + random.nextInt(versions + 1) : versions == 0 ? 1 : 1 + recent(versions);
        return truth.version(ordinal)
                .map(version -> new Question(kind, subject, version))
                .orElseGet(() -> new Question(isByName ? kind : Question.Kind.SUBJECT, subject, next(ordinal)));
    }

    /** Rather one of the last few. */
    private int recent(int versions) {
        return random.nextBoolean() ? random.nextInt(versions) : versions - 1 - random.nextInt(Math.min(versions, 3));
    }

    /** The version that will be registered as the so-many-th. */
    private static Version next(int ordinal) {
        return new Version("", 0, ordinal, "1." + (ordinal - 1) + ".0", "", "", false, 0, "");
    }
}
