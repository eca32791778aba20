package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import io.llmschema.cli.RegistryFailure.Faulty;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The question whether candidates may follow what their subjects have, asked in batches. Used by one thread. */
final class CompatibilityCheck {
    /** The most candidates asked about in one request; the API takes no more. */
    static final int MAX_ITEMS = 100;

    /** The most characters of schemas in one request, so that it stays below the API's bound on bodies; a larger one goes alone. */
    static final int MAX_CHARACTERS = 4 << 20;

    private static final String TOO_MUCH = "too-much-to-compare";

    private final RegistryClient client;
    private final CandidateReferences references;
    private final ObjectNode criteria;
    private final boolean isUnknownAllowed;

    private final List<Examined> examined = new ArrayList<>();
    private final List<Candidate.Readable> batch = new ArrayList<>();
    private long batchCharacters;

    /** @param criteria what each question says beside its schema */
    CompatibilityCheck(
            RegistryClient client, CandidateReferences references, ObjectNode criteria, boolean isUnknownAllowed) {
        this.client = client;
        this.references = references;
        this.criteria = criteria;
        this.isUnknownAllowed = isUnknownAllowed;
    }

    /** What came of each, in their order. */
    List<Examined> of(Stream<Candidate> candidates) {
        for (Iterator<Candidate> left = candidates.iterator(); left.hasNext(); ) {
            switch (left.next()) {
                case Candidate.Readable candidate -> add(candidate);
                case Candidate.Unreadable unreadable -> {
                    askBatch();
                    examined.add(unreadable.examined());
                }
            }
        }
        askBatch();
        return List.copyOf(examined);
    }

    private void add(Candidate.Readable candidate) {
        int characters = candidate.content().length();
        if (batch.size() == MAX_ITEMS || batchCharacters + characters > MAX_CHARACTERS) {
            askBatch();
        }
        batch.add(candidate);
        batchCharacters += characters;
    }

    private void askBatch() {
        if (!batch.isEmpty()) {
            List<JsonNode> answers = ask(batch);
            for (int i = 0; i < batch.size(); i++) {
                examined.add(examined(batch.get(i), answers.get(i)));
            }
        }
        batch.clear();
        batchCharacters = 0;
    }

    private List<JsonNode> ask(List<Candidate.Readable> candidates) {
        ObjectNode request = Json.MAPPER.createObjectNode();
        ArrayNode items = request.putArray("items");
        candidates.forEach(candidate -> items.add(question(candidate)));
        List<JsonNode> answers = client.checkCompatibility(request);
        if (answers.size() != candidates.size()) {
            throw new Faulty(
                    "incomplete-answer",
                    "the registry answered " + answers.size() + " of " + candidates.size() + " questions");
        }
        return answers;
    }

    private ObjectNode question(Candidate.Readable candidate) {
        ObjectNode question = candidate.envelope(references.of(candidate));
        question.put("subject", candidate.subject());
        question.setAll(criteria);
        return question;
    }

    private Examined examined(Candidate.Readable candidate, JsonNode answer) {
        // The allowance of a batch is shared; alone the same question has all of it.
        boolean isCrowdedOut = answer.path("code").asString("").equals(TOO_MUCH) && batch.size() > 1;
        JsonNode last = isCrowdedOut ? ask(List.of(candidate)).getFirst() : answer;
        if (!last.hasNonNull("verdict")) {
            return Examined.refused(candidate, Problem.of(last.path("status").asInt(0), last));
        }
        String verdict = last.path("verdict").asString("");
        boolean isPassed = verdict.equals("COMPATIBLE") || (verdict.equals("UNKNOWN") && isUnknownAllowed);
        return new Examined(
                candidate.file(),
                candidate.subject(),
                isPassed ? Outcome.PASSED : Outcome.FAILED,
                conclusion(candidate, last),
                CompatibilityFindings.of(candidate, last),
                last);
    }

    private static String conclusion(Candidate.Readable candidate, JsonNode report) {
        List<String> versions = report.path("comparisons").values().stream()
                .map(comparison -> comparison.path("version").asString(""))
                .distinct()
                .toList();
        String with = switch (versions.size()) {
            case 0 -> "no version of " + candidate.subject();
            case 1 -> candidate.subject() + " " + versions.getFirst();
            default -> versions.size() + " versions of " + candidate.subject();
        };
        return report.path("verdict").asString("") + ", compared with " + with + " (level "
                + report.path("level").asString("?") + ", policy "
                + report.path("policy").asString("?") + ")";
    }
}
