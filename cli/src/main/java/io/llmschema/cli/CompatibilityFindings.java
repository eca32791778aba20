package io.llmschema.cli;

import io.llmschema.cli.Finding.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the registry says of a candidate's compatibility, as findings at their places in the candidate. */
final class CompatibilityFindings {
    /** The rule of pairs of places about which nothing is known. */
    static final String UNDECIDED = "undecided";

    private final Candidate.Readable candidate;
    private final Map<String, Place> places;

    private CompatibilityFindings(Candidate.Readable candidate, Map<String, Place> places) {
        this.candidate = candidate;
        this.places = places;
    }

    /** @param report the registry's answer to the question about the candidate */
    static List<Finding> of(Candidate.Readable candidate, JsonNode report) {
        List<String> paths = new ArrayList<>();
        for (JsonNode comparison : report.path("comparisons").values()) {
            comparison.path("incompatibilities").values().forEach(pair -> paths.add(pathHere(comparison, pair)));
            comparison.path("undecided").values().forEach(pair -> paths.add(pathHere(comparison, pair)));
        }
        CompatibilityFindings findings =
                new CompatibilityFindings(candidate, JsonPositions.of(candidate.content(), paths));
        return report.path("comparisons").values().stream()
                .flatMap(comparison -> findings.of(comparison).stream())
                .toList();
    }

    private List<Finding> of(JsonNode comparison) {
        List<Finding> findings = new ArrayList<>();
        comparison
                .path("incompatibilities")
                .values()
                .forEach(difference -> findings.add(incompatibility(comparison, difference)));
        comparison.path("undecided").values().forEach(pair -> findings.add(undecided(comparison, pair)));
        return findings;
    }

    private Finding incompatibility(JsonNode comparison, JsonNode difference) {
        List<String> details = new ArrayList<>();
        details.add(otherPlace(comparison, difference));
        JsonNode witness = difference.path("witness");
        if (witness.hasNonNull("document")) {
            String version = version(comparison);
            String encoding = difference.path("aspect").asString("?");
            details.add(
                    isBackward(comparison)
                            ? version + " may write this in " + encoding + ", and this schema does not read it:"
                            : "this schema may write this in " + encoding + ", and " + version + " does not read it:");
            String mark = witness.path("mediaType").asString("").endsWith(";base64") ? "base64: " : "";
            details.add("  " + mark + witness.path("document").asString("").replace("\n", "\n  "));
            details.add("since: " + witness.path("refusal").asString(""));
        }
        return new Finding(
                difference.path("rule").asString("incompatible"),
                Finding.Severity.ERROR,
                difference.path("message").asString(""),
                place(comparison, difference),
                details);
    }

    private Finding undecided(JsonNode comparison, JsonNode pair) {
        return Finding.warning(
                UNDECIDED,
                "nobody can tell: " + pair.path("reason").asString(""),
                place(comparison, pair),
                otherPlace(comparison, pair));
    }

    private String otherPlace(JsonNode comparison, JsonNode pair) {
        String other =
                pair.path(isBackward(comparison) ? "writerPath" : "readerPath").asString("");
        return "in " + version(comparison) + ": at " + TextReport.shown(other);
    }

    private String version(JsonNode comparison) {
        return candidate.subject() + " " + comparison.path("version").asString("");
    }

    private Place place(JsonNode comparison, JsonNode pair) {
        String path = pathHere(comparison, pair);
        return places.getOrDefault(path, Place.ofPath(path));
    }

    private static String pathHere(JsonNode comparison, JsonNode pair) {
        return pair.path(isBackward(comparison) ? "readerPath" : "writerPath").asString("");
    }

    /** Whether the candidate reads and the version has written. */
    private static boolean isBackward(JsonNode comparison) {
        return comparison.path("direction").asString("").equals("BACKWARD");
    }
}
