package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void new_tags_areSortedAndDistinct() {
        assertThat(new Metadata(null, null, List.of("b", "a", "b"), "{}").tags())
                .containsExactly("a", "b");
    }

    @Test
    void new_longestValues_areFine() {
        List<String> tags = tags(Metadata.MAX_TAGS);

        Metadata metadata = new Metadata(
                "d".repeat(Metadata.MAX_DESCRIPTION_LENGTH),
                "o".repeat(Metadata.MAX_OWNER_LENGTH),
                tags,
                "{" + " ".repeat(Metadata.MAX_ATTRIBUTES_LENGTH - 2) + "}");

        assertThat(metadata.tags()).isEqualTo(tags);
    }

    @Test
    void new_tooLongOrNotText_isRefusedByName() {
        assertRefused(
                "description",
                () -> new Metadata("d".repeat(Metadata.MAX_DESCRIPTION_LENGTH + 1), null, List.of(), "{}"));
        assertRefused("description", () -> new Metadata("a\u0000", null, List.of(), "{}"));
        assertRefused("owner", () -> new Metadata(null, "o".repeat(Metadata.MAX_OWNER_LENGTH + 1), List.of(), "{}"));
        assertRefused("owner", () -> new Metadata(null, "", List.of(), "{}"));
        assertRefused("owner", () -> new Metadata(null, " ", List.of(), "{}"));
        assertRefused("owner", () -> new Metadata(null, "\uDC00", List.of(), "{}"));
        assertRefused("tags", () -> new Metadata(null, null, List.of("t".repeat(Metadata.MAX_TAG_LENGTH + 1)), "{}"));
        assertRefused("tags", () -> new Metadata(null, null, List.of(""), "{}"));
        assertRefused("tags", () -> new Metadata(null, null, List.of("a\uD800b"), "{}"));
        assertRefused("tags", () -> new Metadata(null, null, tags(Metadata.MAX_TAGS + 1), "{}"));
        assertRefused("metadata", () -> new Metadata(null, null, List.of(), ""));
        assertRefused(
                "metadata", () -> new Metadata(null, null, List.of(), " ".repeat(Metadata.MAX_ATTRIBUTES_LENGTH + 1)));
    }

    @Test
    void new_emptyDescription_isFine() {
        assertThat(new Metadata("", null, List.of(), "{}").description()).isEmpty();
    }

    private static List<String> tags(int count) {
        return IntStream.range(0, count).mapToObj("%064d"::formatted).toList();
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
