package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.model.SchemaContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    private static final String ADDRESS = """
        {"$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.com/address.json",
         "definitions": {"street": {"$id": "#street", "type": "string"}, "city": {"$id": "city.json", "title": "City"}},
         "x-parts": {"zip": {}, "list": []}}
        """;

    private final JsonSchemaFormat format = new JsonSchemaFormat();

    @ParameterizedTest
    @CsvSource({
        // The name as it is written, with and without a fragment.
        "a.json,                          , a.json",
        "a.json#,                         , a.json",
        "a.json#/definitions/street,      , a.json",
        "a.json#/x-parts/zip,             , a.json",
        "a.json#street,                   , a.json",
        "com.example.Address,             , com.example.Address",
        // The name resolved, the reference resolved, and both.
        "a.json,           http://h.x/p/b, http://h.x/p/a.json",
        "http://h.x/p/a.json, http://h.x/p/b, a.json",
        "./q/../a.json,    http://h.x/p/b, a.json",
        "/a.json#street,   http://h.x/p/b, http://h.x/a.json",
        "?v=2,             http://h.x/p/b, http://h.x/p/b?v=2",
        // The identifiers that the content declares.
        "http://example.com/address.json#street, , whatever",
        "address.json,     http://example.com/b, whatever",
        "http://example.com/city.json,           , whatever",
    })
    void parse_referenceThatIsGiven_isAccepted(String ref, String id, String name) {
        assertThat(parse(ref, id, name)).isInstanceOf(Parsed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "b.json,                     , a.json, neither in this document nor among its references",
        "a.json#/definitions/none,   , a.json, there is no such place",
        "a.json#none,                , a.json, there is no such place",
        "a.json#/x-parts/list,       , a.json, no schema but an array",
        "http://example.com/other,   , a.json, neither in this document",
    })
    void parse_referenceThatIsNotGiven_isRejected(String ref, String id, String name, String reason) {
        assertThat(parse(ref, id, name))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .singleElement()
                                .satisfies(violation -> {
                                    assertThat(violation.pointer()).isEqualTo("/properties/a/$ref");
                                    assertThat(violation.reason()).contains(reason);
                                }));
    }

    @Test
    void parse_identifierOfTheDocumentItself_isNoOther() {
        assertThat(parse("http://example.com/me#/properties", "http://example.com/me", "a.json"))
                .isInstanceOf(Parsed.class);
    }

    @Test
    void parse_everyMetaschema_isAccepted() {
        for (String draft : List.of("draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12")) {
            String uri = "json-schema.org/" + draft + "/schema";
            assertThat(parse("http://" + uri + "#", null, "a")).isInstanceOf(Parsed.class);
            assertThat(parse("https://" + uri, null, "a")).isInstanceOf(Parsed.class);
        }
    }

    private ParseOutcome parse(String ref, @org.jspecify.annotations.Nullable String id, String name) {
        String text = "{" + (id == null ? "" : "\"$id\":\"" + id + "\",") + "\"properties\":{\"a\":{\"$ref\":\"" + ref
                + "\"}}}";
        return format.parse(SchemaContent.of(text), List.of(new ReferencedSchema(name, SchemaContent.of(ADDRESS))));
    }
}
