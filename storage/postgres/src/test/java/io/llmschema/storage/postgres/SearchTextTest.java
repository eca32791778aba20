package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaOutline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTextTest {
    @Test
    void words_ofNames_areSplitAtCaseAndPunctuation() {
        SearchText text = SearchText.of(
                new SchemaOutline(List.of(), List.of(), List.of("orderTotal", "line_items", "HTTPServer", "v2")),
                Metadata.NONE);

        assertThat(text.words().split("\\s"))
                .contains(
                        "ordertotal",
                        "order",
                        "total",
                        "line",
                        "items",
                        "httpserver",
                        "http",
                        "server",
                        "v2",
                        "v",
                        "2");
    }

    @Test
    void texts_withWhatPostgresRefuses_areCleaned() {
        SearchText text = SearchText.of(
                new SchemaOutline(List.of("a\0b"), List.of("half \uD83D pair"), List.of("x\0y")), Metadata.NONE);

        assertThat(text.titles()).doesNotContain("\0");
        assertThat(text.descriptions()).contains("half").doesNotContain("\uD83D");
        assertThat(text.words()).doesNotContain("\0");
    }

    @Test
    void texts_ofALargeSchema_areBounded() {
        List<String> many =
                IntStream.range(0, 100_000).mapToObj(i -> "field" + i).toList();

        SearchText text = SearchText.of(new SchemaOutline(many, many, many), Metadata.NONE);

        assertThat(text.words().length()).isLessThanOrEqualTo(SearchText.MAX_LENGTH);
        assertThat(text.titles().length()).isLessThan(2 * SearchText.MAX_LENGTH);
        assertThat(text.descriptions().length()).isLessThan(2 * SearchText.MAX_LENGTH);
    }

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CAMEL_BOUNDARY =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");

    @Test
    void words_ofAnyName_areThoseThatExpressionsWouldFind() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // But for letters beyond 16 bits, behind which expressions do not look.
        String[] characters = "a b B C d 1 2 _ - ß Ç ñ ǅ 語 Ⅷ ½ \uD83D\uDE00 e\u0301".split(" ");
        for (int i = 0; i < 20_000; i++) {
            String name = random.ints(random.nextInt(12), 0, characters.length)
                    .mapToObj(c -> characters[c])
                    .collect(Collectors.joining());

            SearchText text = SearchText.of(new SchemaOutline(List.of(), List.of(), List.of(name)), Metadata.NONE);

            assertThat(text.words()).as("'%s', seed %d", name, seed).isEqualTo(String.join(" ", words(name)));
        }
    }

    private static Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String part : NOT_WORD.split(name)) {
            if (!part.isEmpty()) {
                words.add(part.toLowerCase(Locale.ROOT));
                for (String piece : CAMEL_BOUNDARY.split(part)) {
                    words.add(piece.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }
}
