package io.llmschema.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whether a reader with one schema can read everything that a writer with another writes.
 *
 * @param incompatibilities what it cannot read, each proven
 * @param undecided what is not known
 */
public record Judgement(List<Incompatibility> incompatibilities, List<Undecided> undecided) {
    public static final Judgement COMPATIBLE = new Judgement(List.of(), List.of());

    /** The most incompatibilities that are listed of one encoding, and the most places that are undecided. */
    public static final int MAX_LISTED = 50;

    public Judgement {
        // Of each encoding by itself: what is cut of one must not make the other look compatible.
        incompatibilities = listed(incompatibilities);
        undecided = undecided.stream().distinct().limit(MAX_LISTED).toList();
    }

    private static List<Incompatibility> listed(List<Incompatibility> all) {
        return Arrays.stream(DataEncoding.values())
                .flatMap(aspect -> all.stream()
                        .filter(one -> one.aspect() == aspect)
                        .distinct()
                        .limit(MAX_LISTED))
                .toList();
    }

    public Verdict verdict() {
        if (!incompatibilities.isEmpty()) {
            return Verdict.INCOMPATIBLE;
        }
        return undecided.isEmpty() ? Verdict.COMPATIBLE : Verdict.UNKNOWN;
    }

    /** The part of it that is about some encodings; what is not known is about all. */
    public Judgement of(Set<DataEncoding> aspects) {
        return new Judgement(
                incompatibilities.stream()
                        .filter(difference -> aspects.contains(difference.aspect()))
                        .toList(),
                undecided);
    }
}
