package io.llmschema.format.protobuf;

import io.llmschema.format.SchemaFormat;
import io.llmschema.model.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The violations found in one file so far: the first ones in the text, and no more than a parse reports. */
final class Problems {
    private record Problem(Place place, String reason) implements Comparable<Problem> {
        @Override
        public int compareTo(Problem other) {
            int order = place.compareTo(other.place);
            return order != 0 ? order : reason.compareTo(other.reason);
        }
    }

    private final TreeSet<Problem> problems = new TreeSet<>();

    void add(Place place, String reason) {
        problems.add(new Problem(place, reason));
        if (problems.size() > SchemaFormat.MAX_VIOLATIONS) {
            problems.pollLast();
        }
    }

    void add(SyntaxError error) {
        add(error.place(), error.reason());
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Violation> violations() {
        return problems.stream()
                .map(problem -> Violation.atLine(problem.place.line(), problem.place.column(), problem.reason))
                .toList();
    }

    /** The reasons alone, for a file that is not the reader's own. */
    Set<String> reasons() {
        return problems.stream().map(Problem::reason).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
