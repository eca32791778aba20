package io.llmschema.storage;

import static java.util.stream.Collectors.toSet;

import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaSummary;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The least that a search must find: whole words of the outline, and subject names that share enough trigrams with the query.
 *
 * <p>A real store finds more (other grammatical forms, phrases) and ranks better.
 */
final class InMemorySearch {
    /** From this share of common trigrams on, two words are taken for one with a typing error: two letters swapped keep so many. */
    private static final double LIKE = 0.3;

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private InMemorySearch() {}

    /** Above 0 if the words match; higher for the name than for the outline. */
    static double score(String query, SchemaSummary schema, SchemaOutline outline) {
        String subjectName = schema.subject().name();
        List<String> wanted = words(query).toList();
        double nameScore = wanted.stream()
                .mapToDouble(word -> words(subjectName)
                        .mapToDouble(part -> similarity(word, part))
                        .max()
                        .orElse(0))
                .min()
                .orElse(0);
        if (nameScore >= LIKE) {
            return 1 + nameScore;
        }
        Set<String> present = Stream.concat(
                        Stream.ofNullable(schema.metadata().description()),
                        Stream.of(outline.titles(), outline.descriptions(), outline.fieldNames())
                                .flatMap(List::stream))
                .flatMap(InMemorySearch::words)
                .collect(toSet());
        return !wanted.isEmpty() && present.containsAll(wanted) ? 1 : 0;
    }

    private static Stream<String> words(String text) {
        return NOT_WORD.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(word -> !word.isEmpty());
    }

    private static double similarity(String a, String b) {
        Set<String> left = trigrams(a);
        Set<String> right = trigrams(b);
        Set<String> common = new HashSet<>(left);
        common.retainAll(right);
        return (double) common.size() / (left.size() + right.size() - common.size());
    }

    private static Set<String> trigrams(String word) {
        String padded = "  " + word + " ";
        return IntStream.range(0, padded.length() - 2)
                .mapToObj(i -> padded.substring(i, i + 3))
                .collect(toSet());
    }
}
