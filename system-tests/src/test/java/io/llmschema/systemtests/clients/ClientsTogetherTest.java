package io.llmschema.systemtests.clients;

import static io.llmschema.systemtests.clients.Language.ORDER_MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one client has written, another reads, by nothing but the number in the message and our registry; each order refers to money.
 *
 * <p>What the client of KafkaJS writes in Protobuf only itself can read: it does not say which message of the file it is.
 */
@ExtendWith(RealClients.class)
class ClientsTogetherTest {
    private static final Map<String, ?> LATEST = Map.of("useLatestVersion", true, "autoRegisterSchemas", false);
    private static final Map<String, ?> REGISTERING = Map.of("autoRegisterSchemas", true);
    private static final Map<String, ?> BY_DEFAULT = Map.of();

    /** Money and orders as Protobuf's compiler describes them to the programs that it makes. */
    private static final JsonNode GENERATED_FILES = new JsonMapper().readTree("""
            {"file": [
              {"name": "money.proto", "package": "shop", "syntax": "proto3", "messageType": [
                {"name": "Money", "field": [
                  {"name": "cents", "number": 1, "type": "TYPE_INT32", "label": "LABEL_OPTIONAL", "jsonName": "cents"},
                  {"name": "currency", "number": 2, "type": "TYPE_STRING", "label": "LABEL_OPTIONAL", "jsonName": "currency"}
                ]}
              ]},
              {"name": "order.proto", "package": "shop", "syntax": "proto3", "dependency": ["money.proto"], "messageType": [
                {"name": "Order", "field": [
                  {"name": "id", "number": 1, "type": "TYPE_STRING", "label": "LABEL_OPTIONAL", "jsonName": "id"},
                  {"name": "total", "number": 2, "type": "TYPE_MESSAGE", "typeName": ".shop.Money", "label": "LABEL_OPTIONAL",
                   "jsonName": "total"}
                ]}
              ]}
            ]}""");

    private static int registerOrder(Language language, Clients clients) {
        NodeClient client = clients.kafkajs();
        client.call("register", language.kafkajsSchema(language.money()), Map.of("subject", "money"));
        return client.call("register", language.kafkajsOrderSchema("money"), Map.of("subject", "orders-value"))
                .path("id")
                .asInt();
    }

    private static byte[] writeGenerated(Clients clients, Map<String, ?> configuration) {
        return clients.confluentinc()
                .callForBytes(
                        "serializeGenerated", "orders", GENERATED_FILES, "shop.Order", ORDER_MESSAGE, configuration);
    }

    private static void assertIsTheOrder(JsonNode message) {
        assertThat(message.path("id").asString()).isEqualTo("o-1");
        assertThat(message.at("/total/cents").asInt()).isEqualTo(250);
        assertThat(message.at("/total/currency").asString()).isEqualTo("EUR");
    }

    @ParameterizedTest
    @EnumSource
    void writtenWithKafkaJs_isReadWithKafkaJs(Language language, Clients clients) {
        int id = registerOrder(language, clients);

        byte[] message = clients.kafkajs().callForBytes("encode", id, ORDER_MESSAGE);

        assertThat(WireFormat.read(message).schema()).isEqualTo(id);
        assertIsTheOrder(clients.kafkajs().call("decode", NodeClient.bytes(message)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROTOBUF")
    void writtenWithKafkaJs_isReadWithConfluents(Language language, Clients clients) {
        int id = registerOrder(language, clients);

        byte[] message = clients.kafkajs().callForBytes("encode", id, ORDER_MESSAGE);

        assertIsTheOrder(
                clients.confluentinc().call("deserialize", language, "orders", NodeClient.bytes(message), BY_DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROTOBUF")
    void writtenWithConfluents_isReadWithBoth(Language language, Clients clients) {
        int id = registerOrder(language, clients);

        byte[] message = clients.confluentinc().callForBytes("serialize", language, "orders", ORDER_MESSAGE, LATEST);

        assertThat(WireFormat.read(message).schema()).isEqualTo(id);
        assertIsTheOrder(clients.kafkajs().call("decode", NodeClient.bytes(message)));
        assertIsTheOrder(
                clients.confluentinc().call("deserialize", language, "orders", NodeClient.bytes(message), LATEST));
    }

    @Test
    void generatedMessage_ofSchemaThatIsThere_isReadWithBoth(Clients clients) {
        int id = registerOrder(Language.PROTOBUF, clients);

        byte[] message = writeGenerated(clients, LATEST);

        assertThat(WireFormat.read(message).schema()).isEqualTo(id);
        assertIsReadWithBoth(message, clients);
    }

    @Test
    void generatedMessage_thatRegistersItsSchema_isReadWithBoth(Clients clients) {
        byte[] message = writeGenerated(clients, REGISTERING);

        NodeClient client = clients.confluentinc();
        int id = client.call("getLatestSchemaMetadata", "orders-value")
                .path("id")
                .asInt();
        String asText = client.call("getLatestSchemaMetadata", "money.proto")
                .path("schema")
                .asString();
        assertThat(WireFormat.read(message).schema()).isEqualTo(id);
        assertThat(asText).contains("message Money {");
        assertIsReadWithBoth(message, clients);
    }

    @Test
    void generatedMessage_whoseSchemaIsThere_registersNone(Clients clients) {
        byte[] first = writeGenerated(clients, REGISTERING);

        byte[] again = writeGenerated(clients, REGISTERING);
        byte[] lookedUp = writeGenerated(clients, BY_DEFAULT);

        assertThat(again).isEqualTo(first);
        assertThat(lookedUp).isEqualTo(first);
        assertThat(clients.confluentinc().call("getAllVersions", "orders-value"))
                .hasSize(1);
    }

    private static void assertIsReadWithBoth(byte[] message, Clients clients) {
        JsonNode read = clients.confluentinc().call("deserializeGenerated", "orders", NodeClient.bytes(message));
        assertThat(read.path("typeName").asString()).isEqualTo("shop.Order");
        assertIsTheOrder(read.path("message"));
        assertIsTheOrder(clients.kafkajs().call("decode", NodeClient.bytes(message)));
    }
}
