package io.llmschema.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.PagePosition;
import io.llmschema.model.RegistryException.InvalidValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final PagePosition POSITION = PagePosition.of("com.acme/order ß𐐀", "17");

    @Test
    void decode_whatWasEncoded_isTheSame() {
        assertThat(Cursor.decode(Cursor.encode(POSITION, "list"), "list")).isEqualTo(POSITION);
    }

    @Test
    void decode_anyCharacterChanged_isRefused() {
        String cursor = Cursor.encode(POSITION, "list");
        for (int i = 0; i < cursor.length() - 1; i++) {
            String changed = cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1);

            assertRefused(changed, "list");
        }
    }

    @Test
    void decode_anotherListOrCutOrNoCursor_isRefused() {
        String cursor = Cursor.encode(POSITION, "list");

        assertRefused(cursor, "another list");
        assertRefused(cursor.substring(0, cursor.length() - 2), "list");
        for (String text : List.of("x", "", "????", "AAAAAAAAAAAAAAAA")) {
            assertRefused(text, "list");
        }
    }

    private static void assertRefused(String cursor, String list) {
        assertThatThrownBy(() -> Cursor.decode(cursor, list))
                .isInstanceOfSatisfying(
                        InvalidValue.class, e -> assertThat(e.field()).isEqualTo("cursor"));
    }
}
