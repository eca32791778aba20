package io.llmschema.systemtests.clients;

import static io.llmschema.systemtests.clients.ClientError.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The client of KafkaJS registers, finds and is refused as it expects to be. */
@ExtendWith(RealClients.class)
class KafkaJsClientTest {
    private static final Map<String, ?> MONEY = Map.of("subject", "money-value");

    private static int register(NodeClient client, Map<String, ?> schema) {
        return client.call("register", schema, MONEY).path("id").asInt();
    }

    @ParameterizedTest
    @EnumSource
    void register_newSubject_givesANumberAndSetsTheLevel(Language language, Clients clients) {
        int id = register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        assertThat(id).isPositive();
        assertThat(clients.confluentinc()
                        .call("getCompatibility", "money-value")
                        .asString())
                .isEqualTo("BACKWARD");
    }

    @ParameterizedTest
    @EnumSource
    void register_again_givesTheSameNumber(Language language, Clients clients) {
        int first = register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        int again = register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void register_compatibleSuccessor_isTheLatest(Language language, Clients clients) {
        int first = register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        int second = register(clients.kafkajs(), language.kafkajsSchema(language.moneyWithNote()));

        NodeClient fresh = clients.kafkajs();
        assertThat(second).isNotEqualTo(first);
        assertThat(fresh.call("getLatestSchemaId", "money-value").asInt()).isEqualTo(second);
        assertThat(fresh.call("getRegistryId", "money-value", 1).asInt()).isEqualTo(first);
        assertThat(fresh.call("getRegistryId", "money-value", "latest").asInt()).isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource
    void register_incompatibleSuccessor_isRefusedAsConflict(Language language, Clients clients) {
        register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        ClientError error =
                thrownBy(() -> register(clients.kafkajs(), language.kafkajsSchema(language.moneyOfNumberedCurrency())));

        assertThat(error.status()).isEqualTo(409);
        assertThat(error).hasMessageContaining("incompatible").hasMessageContaining("money-value");
    }

    @Test
    void register_underAnotherLevelThanIsSet_isRefusedByTheClient(Clients clients) {
        clients.confluentinc().call("updateCompatibility", "money-value", "FULL");

        ClientError error =
                thrownBy(() -> register(clients.kafkajs(), Language.AVRO.kafkajsSchema(Language.AVRO.money())));

        assertThat(error.name()).isEqualTo("ConfluentSchemaRegistryCompatibilityError");
        assertThat(error).hasMessageContaining("BACKWARD != FULL");
    }

    @ParameterizedTest
    @EnumSource
    void getRegistryIdBySchema_registered_findsIt(Language language, Clients clients) {
        int id = register(clients.kafkajs(), language.kafkajsSchema(language.money()));

        JsonNode found = clients.kafkajs()
                .call("getRegistryIdBySchema", "money-value", language.kafkajsSchema(language.money()));

        assertThat(found.asInt()).isEqualTo(id);
    }

    @Test
    void getRegistryIdBySchema_unknownSchemaOrSubject_saysWhich(Clients clients) {
        NodeClient client = clients.kafkajs();
        register(client, Language.AVRO.kafkajsSchema(Language.AVRO.money()));
        Map<String, ?> unknown = Language.AVRO.kafkajsSchema(Language.AVRO.moneyWithNote());

        ClientError noSchema = thrownBy(() -> client.call("getRegistryIdBySchema", "money-value", unknown));
        ClientError noSubject = thrownBy(() -> client.call("getRegistryIdBySchema", "no-such-subject", unknown));

        assertThat(noSchema).hasMessageContaining("Schema not found");
        assertThat(noSubject).hasMessageContaining("Subject 'no-such-subject' not found.");
    }

    @Test
    void getSchema_unknownNumber_isNotFound(Clients clients) {
        ClientError error = thrownBy(() -> clients.kafkajs().call("getSchema", Integer.MAX_VALUE));

        assertThat(error.status()).isEqualTo(404);
        assertThat(error).hasMessageContaining("Schema " + Integer.MAX_VALUE + " not found");
    }
}
