package io.llmschema.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.json.JsonPlaces.Place;
import io.llmschema.model.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPlacesTest {
    private static final String TEXT = """
        {
          "a/b": [10, {"ü": "😀" , "x": -1.50 }],
          "~": null, "": {"1": [ ]}
        }
        """;

    @Test
    void find_pointers_tellsStretchLineAndColumn() {
        Map<String, Place> places = JsonPlaces.find(
                TEXT, List.of("", "/a~1b/0", "/a~1b/1/ü", "/a~1b/1/x", "/~0", "//1", "/none", "/a~1b/2"));

        assertThat(places).hasSize(6);
        assertThat(slice(places.get("/a~1b/0"))).isEqualTo("2:11 10");
        assertThat(slice(places.get("/a~1b/1/ü"))).isEqualTo("2:21 \"😀\"");
        assertThat(slice(places.get("/a~1b/1/x"))).isEqualTo("2:32 -1.50");
        assertThat(slice(places.get("/~0"))).isEqualTo("3:8 null");
        assertThat(slice(places.get("//1"))).isEqualTo("3:24 [ ]");
        assertThat(slice(places.get(""))).isEqualTo("1:1 " + TEXT.strip());
    }

    @Test
    void place_violations_comeInTheOrderOfTheText() {
        List<Violation> placed = JsonPlaces.place(
                TEXT,
                List.of(
                        Violation.atPointer("//1", "third"),
                        Violation.atPointer("/a~1b", "second"),
                        Violation.ofWhole("first")));

        assertThat(placed).extracting(Violation::reason).containsExactly("first", "second", "third");
        assertThat(placed).extracting(Violation::line).containsExactly(0, 2, 3);
    }

    private static String slice(@org.jspecify.annotations.Nullable Place place) {
        assertThat(place).isNotNull();
        return place.line() + ":" + place.column() + " " + TEXT.substring(place.start(), place.end());
    }
}
