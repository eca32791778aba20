package io.llmschema.systemtests.clients;

import static io.llmschema.systemtests.clients.Language.ORDER_MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

/** At a level that knows guids, a message may carry its schema's in a header instead of a number, and means the same at every registry. */
@ExtendWith(RealClients.class)
class GuidTest {
    private static final Map<String, ?> LATEST = Map.of("useLatestVersion", true, "autoRegisterSchemas", false);

    private static TestRegistry registry;

    @BeforeAll
    static void startRegistry() {
        registry = TestRegistry.start("--confluent-level", "8.2");
    }

    @AfterAll
    static void stopRegistry() throws IOException {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROTOBUF")
    void messageUnderHeader_isReadByItsGuid(Language language, Clients anywhere) {
        Clients clients = anywhere.at(registry);
        NodeClient client = clients.confluentinc();
        client.call("register", "money", language.schema(language.money()));
        client.call("register", "orders-value", language.orderSchema("money"));

        JsonNode message = client.call("serializeUnderHeader", language, "orders", ORDER_MESSAGE, LATEST);

        JsonNode read = clients.confluentinc().call("deserializeUnderHeader", language, "orders", message);
        assertThat(read.path("id").asString()).isEqualTo("o-1");
        assertThat(read.at("/total/cents").asInt()).isEqualTo(250);
    }

    /** The MD5 of the schema's text. */
    @Test
    void guid_ofSchemaAlone_isThatOfEveryRegistry(Clients anywhere) {
        NodeClient client = anywhere.at(registry).confluentinc();
        client.call("register", "texts-value", Language.AVRO.schema("\"string\""));

        JsonNode message = client.call("serializeUnderHeader", "AVRO", "texts", "hello", LATEST);

        byte[] header = Base64.getDecoder().decode(message.at("/header/bytes").asString());
        assertThat(HexFormat.of().formatHex(header)).isEqualTo("01095d71cf12556b9d5e330ad575b3df5d");
    }

    @Test
    void newestLevel_servesTheOtherClientsToo(Clients anywhere) {
        Clients clients = anywhere.at(registry);
        int id = clients.spring()
                .register("money", "avro", Language.AVRO.money())
                .getId();

        assertThat(clients.spring().fetch(id)).isEqualTo(Language.AVRO.money());
        byte[] message = clients.kafkajs().callForBytes("encode", id, Map.of("cents", 250, "currency", "EUR"));
        assertThat(clients.kafkajs()
                        .call("decode", NodeClient.bytes(message))
                        .path("cents")
                        .asInt())
                .isEqualTo(250);
    }
}
