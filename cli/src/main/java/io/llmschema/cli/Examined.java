package io.llmschema.cli;

import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One file that a command examined, and what came of it.
 *
 * @param file as the person named it or as it was found in a folder; {@link #STANDARD_INPUT} for what came from there
 * @param about the subject, or another name of what it was compared with; empty if with nothing
 * @param conclusion what came of it, in half a sentence
 * @param answer the registry's own words
 */
record Examined(
        String file, String about, Outcome outcome, String conclusion, List<Finding> findings, JsonNode answer) {
    static final String STANDARD_INPUT = "-";

    /** What came of a file. */
    enum Outcome {
        /** It is as it should be, or let pass. */
        PASSED,
        /** It is not as it should be. */
        FAILED,
        /** Nobody could say whether it is: it cannot be read, or the registry refused the question. */
        UNEXAMINED
    }

    Examined {
        findings = List.copyOf(findings);
    }

    /** A file about which no question could be asked. */
    static Examined unreadable(String file, String about, String rule, String reason) {
        JsonNode answer = Json.MAPPER.createObjectNode().put("code", rule).put("detail", reason);
        Finding finding = Finding.error(rule, reason, Finding.Place.WHOLE);
        return new Examined(file, about, Outcome.UNEXAMINED, "not examined", List.of(finding), answer);
    }

    /** A schema that the registry refused to look at: it is none, or something else is wrong with the question. */
    static Examined refused(Candidate.Readable candidate, Problem problem) {
        if (!problem.violations().isEmpty()) {
            return invalid(candidate, problem.code(), problem.violations(), problem.document());
        }
        Finding finding = Finding.error(problem.code(), problem.detail(), Finding.Place.WHOLE);
        return new Examined(
                candidate.file(),
                candidate.subject(),
                Outcome.UNEXAMINED,
                "refused by the registry",
                List.of(finding),
                problem.document());
    }

    /** A schema that is none, with each thing that is wrong with it. */
    static Examined invalid(Candidate.Readable candidate, String rule, List<Violation> violations, JsonNode answer) {
        Map<String, Finding.Place> places = JsonPositions.of(
                candidate.content(),
                violations.stream()
                        .filter(violation -> violation.line() == 0 && violation.pointer() != null)
                        .map(violation -> String.valueOf(violation.pointer()))
                        .toList());
        List<Finding> findings = new ArrayList<>();
        for (Violation violation : violations) {
            String pointer = violation.pointer();
            Finding.Place told = new Finding.Place(pointer, violation.line(), violation.column());
            Finding.Place place = pointer == null ? told : places.getOrDefault(pointer, told);
            findings.add(Finding.error(rule, violation.reason(), place));
        }
        return new Examined(
                candidate.file(),
                candidate.subject(),
                Outcome.FAILED,
                "not a valid " + candidate.type() + " schema",
                findings,
                answer);
    }
}
