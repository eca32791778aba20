package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.cli.Finding.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPositionsTest {
    private static final String TEXT = """
            {
              "properties": {
                "total": {"type": "number"}
              }
            }
            """;

    private static Place placeOf(String text, String path) {
        Map<String, Place> places = JsonPositions.of(text, List.of(path));
        return places.getOrDefault(path, Place.WHOLE);
    }

    @Test
    void place_ofWhatIsThere() {
        assertThat(placeOf(TEXT, "/properties/total/type")).isEqualTo(new Place("/properties/total/type", 3, 23));
        assertThat(placeOf(TEXT, "")).isEqualTo(new Place("", 1, 1));
    }

    @Test
    void place_ofWhatIsNot_isTheNearestAroundIt() {
        assertThat(placeOf(TEXT, "/properties/gone/type")).isEqualTo(new Place("/properties/gone/type", 2, 17));
    }

    @Test
    void place_inNoJson_orOfNoPointer_isThePathAlone() {
        assertThat(placeOf("message M {}", "/a")).isEqualTo(Place.ofPath("/a"));
        assertThat(placeOf("message M {}", "acme.M.total")).isEqualTo(Place.ofPath("acme.M.total"));
        assertThat(placeOf(TEXT, "other.json#/properties/total"))
                .isEqualTo(Place.ofPath("other.json#/properties/total"));
    }

    @Test
    void place_farBelowWhatIsThere_isTheRoot() {
        String deep = "/x".repeat(1_000);

        assertThat(placeOf(TEXT, deep)).isEqualTo(new Place(deep, 1, 1));
    }
}
