package io.llmschema.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void with_ofAnAnswerThatIsKept_copiesNothing() {
        Answer kept = Answer.of(200, "text/plain", new byte[] {1}).with("ETag", "\"a\"");

        Answer extended = kept.with("Age", "7");

        assertThat(Objects.requireNonNull(extended.headers()).before()).isSameAs(kept.headers());
        assertThat(extended.body()).isSameAs(kept.body());
        assertThat(extended.headers()).hasToString("Content-Type: text/plain, ETag: \"a\", Age: 7");
        assertThat(kept.headers()).hasToString("Content-Type: text/plain, ETag: \"a\"");
    }

    @Test
    void empty_hasNoHeaders() {
        assertThat(Answer.empty(204).headers()).isNull();
        assertThat(Answer.empty(204).body()).isEmpty();
    }
}
