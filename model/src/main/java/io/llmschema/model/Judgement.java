package io.llmschema.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a reader with one schema can read everything that a writer with another writes.
 *
 * @param incompatibilities what it cannot read, each proven
 * @param undecided what is not known
 */
public record Judgement(List<Incompatibility> incompatibilities, List<Undecided> undecided) {
    public static final Judgement COMPATIBLE = new Judgement(List.of(), List.of());

    /** The most incompatibilities that are listed of one encoding, and the most undecided places of one, or of all of them. */
    public static final int MAX_LISTED = 50;

    public Judgement {
        // Of each encoding by itself: what is cut of one must not make the other look compatible.
        incompatibilities = listed(incompatibilities);
        undecided = listedPlaces(undecided);
    }

    private static List<Incompatibility> listed(List<Incompatibility> all) {
        return ofEachEncoding(aspect -> all.stream().filter(one -> one.aspect() == aspect))
                .toList();
    }

    private static List<Undecided> listedPlaces(List<Undecided> all) {
        return Stream.concat(
                        limited(all.stream().filter(place -> place.aspect() == null)),
                        ofEachEncoding(aspect -> all.stream().filter(place -> place.aspect() == aspect)))
                .toList();
    }

    private static <T> Stream<T> ofEachEncoding(Function<DataEncoding, Stream<T>> all) {
        return Arrays.stream(DataEncoding.values()).flatMap(aspect -> limited(all.apply(aspect)));
    }

    private static <T> Stream<T> limited(Stream<T> all) {
        return all.distinct().limit(MAX_LISTED);
    }

    public Verdict verdict() {
        if (!incompatibilities.isEmpty()) {
            return Verdict.INCOMPATIBLE;
        }
        return undecided.isEmpty() ? Verdict.COMPATIBLE : Verdict.UNKNOWN;
    }

    /** The part of it that is about some encodings. */
    public Judgement of(Set<DataEncoding> aspects) {
        return new Judgement(
                incompatibilities.stream()
                        .filter(difference -> aspects.contains(difference.aspect()))
                        .toList(),
                undecided.stream().filter(place -> place.isAbout(aspects)).toList());
    }
}
