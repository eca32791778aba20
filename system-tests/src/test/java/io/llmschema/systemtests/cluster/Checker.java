package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.cluster.History.Event;
import io.llmschema.systemtests.cluster.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what clients were shown against what was true, and finds the promises that were broken.
 *
 * <p>An answer fits a moment of its subject's history if it shows what was true then. It is judged by the last such moment: the promises
 * say which changes it must not lack.
 */
final class Checker {
    /** Added to the bound: what the clocks of two threads of this test may differ. */
    static final Duration TOLERANCE = Duration.ofMillis(20);

    private final Map<String, List<Event>> histories = new HashMap<>();
    private final Duration bound;
    private final List<Violation> violations = new ArrayList<>();

    /** By client and subject: what it was last shown that it had not been shown before. */
    private final Map<Integer, Map<String, Shown>> shownTo = new HashMap<>();

    /**
     * What a client has been shown.
     *
     * @param event the first moment that may have been shown to it, given all it was shown
     * @param by the answer that showed it
     */
    private record Shown(int event, Observation by) {
        @Override
        public String toString() {
            return "event %d by node %d to %s (token '%s' to '%s')"
                    .formatted(event, by.node(), by.question(), by.sentToken(), by.token());
        }
    }

    Checker(List<History> histories, Duration bound) {
        histories.forEach(history -> this.histories.put(history.subject(), history.events()));
        this.bound = bound;
    }

    /** What was wrong, given all observations, those of each client in their order. */
    List<Violation> check(List<Observation> observations) {
        violations.clear();
        observations.forEach(this::check);
        return List.copyOf(violations);
    }

    private void check(Observation seen) {
        List<Event> events = histories.getOrDefault(seen.question().subject(), List.of());
        int newest = last(events, seen.end(), Event::begin);
        int match = newest;
        while (match >= 0 && !fits(seen, events.get(match))) {
            match--;
        }
        if (match < 0) {
            report(Kind.NEVER_TRUE, seen, events.get(newest), "true then");
            return;
        }
        long mustBeKnown = seen.begin() - bound.plus(TOLERANCE).toNanos();
        require(Kind.TOO_STALE, seen, events, match, last(events, mustBeKnown, Event::acknowledged), "");
        require(Kind.OWN_WRITE_LOST, seen, events, match, lastOfNode(events, seen), "");
        if (seen.sends()) {
            Map<String, Shown> shown = shownTo.computeIfAbsent(seen.client(), _ -> new HashMap<>());
            Shown before = shown.getOrDefault(seen.question().subject(), new Shown(0, seen));
            int floor = Math.max(before.event(), seen.told());
            require(Kind.BACK_IN_TIME, seen, events, match, floor, "; the client had been shown " + before);
            int fit = firstFit(seen, events, floor, match);
            // A content that is the same for ever comes without a token, so there is nothing to send back. Nothing else
            // may come without:
            // Reader sees to that.
            if (fit > before.event() && !seen.token().isEmpty()) {
                shown.put(seen.question().subject(), new Shown(fit, seen));
            }
        }
    }

    private static boolean fits(Observation seen, Event event) {
        return seen.question().expected(event.truth()).equals(seen.shown());
    }

    /** The client can only be held to the first moment that its answer fits. */
    private static int firstFit(Observation seen, List<Event> events, int floor, int match) {
        int first = Math.min(floor, match);
        while (!fits(seen, events.get(first))) {
            first++;
        }
        return Math.max(first, floor);
    }

    private void require(Kind kind, Observation seen, List<Event> events, int match, int required, String more) {
        if (match < required) {
            long late = seen.begin() - events.get(match + 1).acknowledged();
            report(
                    kind,
                    seen,
                    events.get(required),
                    "to be shown; what was shown had been outdated for %.1f ms%s".formatted(late / 1e6, more));
        }
    }

    private void report(Kind kind, Observation seen, Event event, String what) {
        violations.add(new Violation(
                kind,
                "client %d at node %d, %s with token '%s' was shown (token '%s'): %s%n    but event %d by node %d (token '%s'), acknowledged %.1f ms before, was %s: %s"
                        .formatted(
                                seen.client(),
                                seen.node(),
                                seen.question(),
                                seen.sentToken(),
                                seen.token(),
                                seen.shown(),
                                event.index(),
                                event.node(),
                                event.token(),
                                (seen.begin() - event.acknowledged()) / 1e6,
                                what,
                                seen.question().expected(event.truth()))));
    }

    /** When something happened to an event. */
    private interface Moment {
        long of(Event event);
    }

    /** The last event that had come so far by then; they have all come so far one after the other. */
    private static int last(List<Event> events, long atMost, Moment moment) {
        int low = 0;
        int high = events.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (moment.of(events.get(middle)) - atMost <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last event by the node: it shows no less of the subject, whoever made what it shows and whatever was changed. */
    private static int lastOfNode(List<Event> events, Observation seen) {
        int last = last(events, seen.begin(), Event::acknowledged);
        while (last > 0 && events.get(last).node() != seen.node()) {
            last--;
        }
        return last;
    }
}
