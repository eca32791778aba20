package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaOutline;
import java.util.List;
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
}
