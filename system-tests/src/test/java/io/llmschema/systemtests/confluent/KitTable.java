package io.llmschema.systemtests.confluent;

import java.util.ArrayList;
import java.util.List;

/** How many cases of each section have passed, for people to read; what has not comes first. Used by one thread. */
final class KitTable {
    private static final String ROW = "%-32s %10s %6s %7s";

    private record Row(String section, List<Outcome> outcomes) {
        int cases() {
            return outcomes.stream().mapToInt(Outcome::cases).sum();
        }

        int passed() {
            return outcomes.stream().mapToInt(Outcome::passed).sum();
        }

        String shown() {
            return ROW.formatted(section, outcomes.size(), cases(), passed());
        }
    }

    private final List<Row> rows = new ArrayList<>();

    void add(Section section, List<Outcome> outcomes) {
        rows.add(new Row(section.name(), List.copyOf(outcomes)));
    }

    boolean allPassed() {
        return rows.stream().allMatch(row -> row.passed() == row.cases());
    }

    @Override
    public String toString() {
        List<Outcome> all =
                rows.stream().flatMap(row -> row.outcomes().stream()).toList();
        List<String> lines = new ArrayList<>();
        all.stream().filter(outcome -> !outcome.failures().isEmpty()).forEach(outcome -> lines.add(outcome + "\n"));
        lines.add(ROW.formatted("section", "scenarios", "cases", "passed"));
        rows.forEach(row -> lines.add(row.shown()));
        lines.add(new Row("all", all).shown());
        return String.join("\n", lines);
    }
}
