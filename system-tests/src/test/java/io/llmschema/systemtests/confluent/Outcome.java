package io.llmschema.systemtests.confluent;

import java.util.List;

/** What came of a scenario: how many answers were looked at, and of each that was wrong, what was asked, expected and got. */
record Outcome(Scenario scenario, int cases, List<String> failures) {
    Outcome {
        failures = List.copyOf(failures);
    }

    int passed() {
        return cases - failures.size();
    }

    @Override
    public String toString() {
        return scenario.place() + " " + scenario.name() + ": " + passed() + " of " + cases + " as expected\n"
                + String.join("\n", failures);
    }
}
