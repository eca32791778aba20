package io.llmschema.systemtests.clients;

import static io.llmschema.systemtests.clients.ClientError.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

/** Rules and metadata that are kept beside a schema come to the client, which acts on them. */
@ExtendWith(RealClients.class)
class DataContractTest {
    private static final Map<String, ?> LATEST = Map.of("useLatestVersion", true, "autoRegisterSchemas", false);
    private static final Map<String, ?> EUROS = Map.of("cents", 250, "currency", "EUR");
    private static final Map<String, ?> DOLLARS = Map.of("cents", 250, "currency", "USD");

    private static Map<String, ?> inMajor(String major) {
        return Map.of("properties", Map.of("major", major));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROTOBUF")
    void messageAgainstARule_isRefusedByTheClient(Language language, Clients clients) {
        Map<String, ?> rule = Map.of(
                "name", "onlyEuros",
                "kind", "CONDITION",
                "mode", "WRITE",
                "type", "CEL",
                "expr", "message.currency == 'EUR'");
        Map<String, ?> schema = Map.of(
                "schemaType", language, "schema", language.money(), "ruleSet", Map.of("domainRules", List.of(rule)));
        clients.confluentinc().call("register", "money-value", schema);

        NodeClient client = clients.confluentinc();
        byte[] written = client.callForBytes("serialize", language, "money", EUROS, LATEST);
        ClientError error = thrownBy(() -> client.call("serialize", language, "money", DOLLARS, LATEST));

        assertThat(written).isNotEmpty();
        assertThat(error).hasMessageContaining("onlyEuros");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROTOBUF")
    void oldMessage_isReadAsTheNewestVersionByARule(Language language, Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("updateConfig", "money-value", Map.of("compatibilityGroup", "major"));
        client.call("register", "money-value", firstMajor(language));
        byte[] old = client.callForBytes("serialize", language, "money", EUROS, LATEST);
        client.call("register", "money-value", secondMajor(language));

        JsonNode read = clients.confluentinc().call("deserialize", language, "money", NodeClient.bytes(old), LATEST);

        assertThat(read.path("unit").asString()).isEqualTo("EUR");
        assertThat(read.path("cents").asInt()).isEqualTo(250);
        assertThat(read.has("currency")).isFalse();
    }

    private static Map<String, ?> firstMajor(Language language) {
        return Map.of("schemaType", language, "schema", language.money(), "metadata", inMajor("1"));
    }

    /** Incompatible with the first, in whose group it is not: the currency has another name. */
    private static Map<String, ?> secondMajor(Language language) {
        Map<String, ?> rule = Map.of(
                "name", "currencyIsUnit",
                "kind", "TRANSFORM",
                "mode", "UPGRADE",
                "type", "JSONATA",
                "expr", "{'cents': cents, 'unit': currency}");
        return Map.of(
                "schemaType",
                language,
                "schema",
                language.money().replace("currency", "unit"),
                "metadata",
                inMajor("2"),
                "ruleSet",
                Map.of("migrationRules", List.of(rule)));
    }

    @Test
    void writer_thatAsksForAMajor_usesIt(Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("updateConfig", "money-value", Map.of("compatibilityGroup", "major"));
        int first = client.call("register", "money-value", firstMajor(Language.AVRO))
                .asInt();
        client.call("register", "money-value", secondMajor(Language.AVRO));

        byte[] written = client.callForBytes(
                "serialize",
                "AVRO",
                "money",
                EUROS,
                Map.of("useLatestWithMetadata", Map.of("major", "1"), "autoRegisterSchemas", false));

        assertThat(WireFormat.read(written).schema()).isEqualTo(first);
    }
}
