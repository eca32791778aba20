package io.llmschema.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SchemaDocumentTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static SchemaDocument document(String json) {
        return new SchemaDocument(MAPPER.readTree(json));
    }

    @Test
    void whatOneLeavesOut_andTheOtherWritesEmpty_isTheSame() {
        SchemaDocument old = document("""
                {"id": 1, "schema": "{}", "ruleSet": {"domainRules": [{"name": "r", "type": "CEL"}]}}
                """);
        SchemaDocument recent = document("""
                {"id": 1, "schema": "{}", "schemaType": "AVRO", "references": [], "metadata": {"tags": {}}, "ts": 12,
                 "ruleSet": {"domainRules": [{"type": "CEL", "name": "r", "disabled": false, "doc": null}], "migrationRules": []}}
                """);

        assertThat(old.differences(recent)).isEmpty();
    }

    @Test
    void eachDifference_isNamed() {
        SchemaDocument one =
                document("{\"id\":1,\"schema\":\"{}\",\"guid\":\"a\",\"metadata\":{\"properties\":{\"a\":\"1\"}}}");
        SchemaDocument other = document("{\"id\":2,\"schema\":\"{ }\",\"guid\":\"b\",\"schemaType\":\"JSON\"}");

        assertThat(one.differences(other)).containsExactlyInAnyOrder("id", "schemaType", "metadata", "schema", "guid");
    }

    @Test
    void references_areInTheSameContext_unlessTheySayOtherwise() {
        SchemaDocument document = document("""
                {"subject": ":.team:a", "references": [
                  {"name": "x", "subject": "x", "version": 1}, {"name": "y", "subject": ":.other:y", "version": 2},
                  {"name": "z", "subject": ":.:z", "version": 3}]}
                """);

        assertThat(document.references())
                .containsExactly(new VersionKey(":.team:x", 1), new VersionKey(":.other:y", 2), new VersionKey("z", 3));
    }
}
