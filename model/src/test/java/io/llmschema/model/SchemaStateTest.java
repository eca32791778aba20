package io.llmschema.model;

import static io.llmschema.model.SchemaState.Stage.ACTIVE;
import static io.llmschema.model.SchemaState.Stage.ARCHIVED;
import static io.llmschema.model.SchemaState.Stage.DEPRECATED;
import static io.llmschema.model.SchemaState.Stage.DRAFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaState.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaStateTest {
    @Test
    void next_isTheTableOfTransitions() {
        assertThat(DRAFT.next()).containsExactlyInAnyOrder(ACTIVE, ARCHIVED);
        assertThat(ACTIVE.next()).containsExactlyInAnyOrder(DEPRECATED, ARCHIVED);
        assertThat(DEPRECATED.next()).containsExactlyInAnyOrder(DEPRECATED, ACTIVE, ARCHIVED);
        assertThat(ARCHIVED.next()).containsExactly(DEPRECATED);
    }

    @Test
    void isSelectable_isOfActiveAndDeprecated() {
        assertThat(Stage.values()).filteredOn(Stage::isSelectable).containsExactly(ACTIVE, DEPRECATED);
    }

    @Test
    void stage_isThatOfEachState() {
        assertThat(List.of(
                                new SchemaState.Draft(),
                                new SchemaState.Active(),
                                new SchemaState.Deprecated("old", null, null),
                                new SchemaState.Archived())
                        .stream()
                        .map(SchemaState::stage))
                .containsExactly(Stage.values());
    }

    @Test
    void parse_ignoresLetterCase() {
        assertThat(Stage.parse("dRaft")).isEqualTo(DRAFT);
        assertThat(List.of("", "DRAFT ", "ENABLED"))
                .allSatisfy(name -> assertThatThrownBy(() -> Stage.parse(name)).isInstanceOf(InvalidValue.class));
    }

    @Test
    void deprecated_reasonAndReplacement_areBounded() {
        String longest = "r".repeat(SchemaState.Deprecated.MAX_REASON_LENGTH);

        assertThat(new SchemaState.Deprecated(longest, null, longest).reason()).isEqualTo(longest);
        assertThat(List.of("", "  ", longest + "r", "a\u0000", "\uD800")).allSatisfy(text -> {
            assertThatThrownBy(() -> new SchemaState.Deprecated(text, null, null))
                    .isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> new SchemaState.Deprecated("old", null, text))
                    .isInstanceOf(InvalidValue.class);
        });
    }
}
