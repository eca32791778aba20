package io.llmschema.systemtests.confluent;

import java.util.List;
import java.util.Map;

/**
 * Requests that make sense one after the other, and depend on no others.
 *
 * @param place its file and line
 * @param texts of its file, by name
 * @param restored paths of settings of the server that it changes, which get back what they had
 */
record Scenario(String name, String place, Map<String, String> texts, List<String> restored, List<Step> steps) {
    Scenario {
        texts = Map.copyOf(texts);
        restored = List.copyOf(restored);
        steps = List.copyOf(steps);
    }

    /** How many answers are compared with an expectation at a level. */
    int cases(Level level) {
        return Math.toIntExact(steps.stream()
                .filter(step -> step.expectation(level).isPresent())
                .count());
    }
}
