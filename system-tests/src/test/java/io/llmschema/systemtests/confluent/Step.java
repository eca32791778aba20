package io.llmschema.systemtests.confluent;

import java.util.List;
import java.util.Optional;

/**
 * A request with what is expected of its answer.
 *
 * @param line of the request in its file
 * @param levels for which it is sent
 * @param expectations the first that is for the level of the server counts; where none is, the request is not sent
 */
record Step(int line, Levels levels, Request request, List<Expectation> expectations) {
    Step {
        expectations = List.copyOf(expectations);
        if (expectations.isEmpty()) {
            throw new IllegalArgumentException("nothing is expected of the answer");
        }
    }

    Optional<Expectation> expectation(Level level) {
        return expectations.stream()
                .filter(expectation ->
                        levels.contain(level) && expectation.levels().contain(level))
                .findFirst();
    }
}
