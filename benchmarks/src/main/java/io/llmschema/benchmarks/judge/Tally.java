package io.llmschema.benchmarks.judge;

import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import io.llmschema.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What came of the steps of a history; used by one thread. */
final class Tally {
    /** The most reasons and subjects that are listed. */
    private static final int MAX_LISTED = 12;

    /** What differs from one case of a reason to the next. */
    private static final Pattern DETAILS = Pattern.compile("'[^']*'|\"[^\"]*\"|\\d+");

    private record Step(String subject, int step, long nanos) {}

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> rules = new HashMap<>();
    private final Map<String, Integer> reasons = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private int skipped;
    private int thrown;

    /** A schema that the format refuses, which is in no step. */
    void skip() {
        skipped++;
    }

    void fail() {
        thrown++;
    }

    void add(String subject, int step, Judgement judgement, long nanos) {
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
        steps.add(new Step(subject, step, nanos));
        judgement.incompatibilities().stream()
                .map(Incompatibility::rule)
                .distinct()
                .forEach(rule -> rules.merge(rule, 1, Integer::sum));
        if (judgement.verdict() == Verdict.UNKNOWN) {
            judgement.undecided().stream()
                    .findFirst()
                    .map(Undecided::reason)
                    .ifPresent(reason -> reasons.merge(DETAILS.matcher(reason).replaceAll("…"), 1, Integer::sum));
        }
    }

    boolean isClean() {
        return thrown == 0;
    }

    String table(String title) {
        int all = steps.size();
        int unknown = verdicts.getOrDefault(Verdict.UNKNOWN, 0);
        List<Step> slowest = steps.stream()
                .sorted(Comparator.comparingLong(Step::nanos).reversed())
                .toList();
        StringBuilder text = new StringBuilder("### " + title + "\n\n| steps | compatible | incompatible | unknown |"
                + " unknown % | exceptions | schemas refused before | p50 ms | p99 ms | max ms |\n"
                + "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        text.append("| %,d | %,d | %,d | %,d | %.1f | %d | %,d | %.2f | %.1f | %,.0f |%n%n"
                .formatted(
                        all,
                        verdicts.getOrDefault(Verdict.COMPATIBLE, 0),
                        verdicts.getOrDefault(Verdict.INCOMPATIBLE, 0),
                        unknown,
                        all == 0 ? 0 : 100.0 * unknown / all,
                        thrown,
                        skipped,
                        millis(slowest, 0.5),
                        millis(slowest, 0.01),
                        millis(slowest, 0)));
        text.append("| rule of an incompatibility | steps |\n|---|--:|\n").append(listed(rules));
        text.append("\n| reason of an unknown | steps |\n|---|--:|\n").append(listed(reasons));
        text.append("\n| slowest steps | ms |\n|---|--:|\n");
        slowest.stream()
                .limit(3)
                .forEach(step -> text.append("| %s, step %d | %,d |%n"
                        .formatted(
                                step.subject(),
                                step.step(),
                                Duration.ofNanos(step.nanos()).toMillis())));
        return text.append('\n').toString();
    }

    private static double millis(List<Step> slowestFirst, double share) {
        return slowestFirst.isEmpty()
                ? 0
                : slowestFirst.get((int) (share * (slowestFirst.size() - 1))).nanos() / 1e6;
    }

    private static String listed(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MAX_LISTED)
                .map(entry -> "| " + entry.getKey().replace("|", "\\|") + " | " + entry.getValue() + " |\n")
                .collect(Collectors.joining());
    }
}
