package io.llmschema.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.cloud.stream.schema.registry.SchemaNotFoundException;
import org.springframework.cloud.stream.schema.registry.SchemaReference;
import org.springframework.cloud.stream.schema.registry.SchemaRegistrationResponse;
import org.springframework.cloud.stream.schema.registry.client.ConfluentSchemaRegistryClient;

/** Spring Cloud Stream's client for Confluent's registry, which knows Avro only, registers and fetches. */
@ExtendWith(RealClients.class)
class SpringCloudClientTest {
    private static final String AVRO = "avro";
    private static final String MONEY = Language.AVRO.money();

    @Test
    void register_newSubject_givesNumberAndReference(Clients clients) {
        SchemaRegistrationResponse registered = clients.spring().register("money", AVRO, MONEY);

        assertThat(registered.getId()).isPositive();
        assertThat(registered.getSchemaReference()).isEqualTo(new SchemaReference("money", 1, AVRO));
    }

    @Test
    void register_successorAndAgain_givesItsOwnReference(Clients clients) {
        ConfluentSchemaRegistryClient client = clients.spring();
        int first = client.register("money", AVRO, MONEY).getId();

        SchemaRegistrationResponse second = client.register("money", AVRO, Language.AVRO.moneyWithNote());
        SchemaRegistrationResponse again = client.register("money", AVRO, Language.AVRO.moneyWithNote());

        assertThat(second.getId()).isNotEqualTo(first);
        assertThat(second.getSchemaReference().getVersion()).isEqualTo(2);
        assertThat(again.getId()).isEqualTo(second.getId());
        assertThat(again.getSchemaReference()).isEqualTo(second.getSchemaReference());
    }

    @Test
    void register_incompatible_isRefused(Clients clients) {
        ConfluentSchemaRegistryClient client = clients.spring();
        client.register("money", AVRO, MONEY);

        assertThatThrownBy(() -> client.register("money", AVRO, Language.AVRO.moneyOfNumberedCurrency()))
                .hasMessageContaining("money")
                .hasMessageContaining("409");
    }

    @Test
    void fetch_byReferenceAndNumber_givesTheSchema(Clients clients) {
        SchemaRegistrationResponse registered = clients.spring().register("money", AVRO, MONEY);

        ConfluentSchemaRegistryClient client = clients.spring();

        assertThat(client.fetch(registered.getSchemaReference())).isEqualTo(MONEY);
        assertThat(client.fetch(registered.getId())).isEqualTo(MONEY);
    }

    @Test
    void fetch_whatIsNotThere_isNotFound(Clients clients) {
        ConfluentSchemaRegistryClient client = clients.spring();

        assertThatThrownBy(() -> client.fetch(Integer.MAX_VALUE)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> client.fetch(new SchemaReference("money", 1, AVRO)))
                .isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void registered_isReadWithTheOthers(Clients clients) {
        int id = clients.spring().register("money", AVRO, MONEY).getId();

        assertThat(clients.kafkajs().call("getLatestSchemaId", "money").asInt()).isEqualTo(id);
        assertThat(clients.confluentinc()
                        .call("getBySubjectAndId", "money", id)
                        .path("schema")
                        .asString())
                .isEqualTo(MONEY);
    }
}
