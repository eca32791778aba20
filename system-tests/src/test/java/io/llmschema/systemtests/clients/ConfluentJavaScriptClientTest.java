package io.llmschema.systemtests.clients;

import static io.llmschema.systemtests.clients.ClientError.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Confluent's client for JavaScript gets from our registry what its methods promise. */
@ExtendWith(RealClients.class)
class ConfluentJavaScriptClientTest {
    private static final Map<String, ?> MONEY = Language.AVRO.schema(Language.AVRO.money());
    private static final Map<String, ?> MONEY_WITH_NOTE = Language.AVRO.schema(Language.AVRO.moneyWithNote());
    private static final Map<String, ?> INCOMPATIBLE = Language.AVRO.schema(Language.AVRO.moneyOfNumberedCurrency());

    private static List<Integer> numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.path(i).asInt())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void register_twoVersions_areFoundInEveryWay(Language language, Clients clients) {
        NodeClient client = clients.confluentinc();
        int first = client.call("register", "money", language.schema(language.money()))
                .asInt();
        int second = client.call("register", "money", language.schema(language.moneyWithNote()))
                .asInt();

        NodeClient fresh = clients.confluentinc();

        assertThat(texts(fresh.call("getAllSubjects"))).containsExactly("money");
        assertThat(numbers(fresh.call("getAllVersions", "money"))).containsExactly(1, 2);
        assertThat(fresh.call("getBySubjectAndId", "money", first)
                        .path("schema")
                        .asString())
                .isEqualTo(language.money());
        JsonNode latest = fresh.call("getLatestSchemaMetadata", "money");
        assertThat(latest.path("id").asInt()).isEqualTo(second);
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(latest.path("subject").asString()).isEqualTo("money");
        assertThat(latest.path("schemaType").asString("AVRO")).isEqualTo(language.name());
        assertThat(fresh.call("getSchemaMetadata", "money", 1).path("id").asInt())
                .isEqualTo(first);
        assertThat(fresh.call("getId", "money", language.schema(language.money()))
                        .asInt())
                .isEqualTo(first);
        assertThat(fresh.call("getVersion", "money", language.schema(language.moneyWithNote()))
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void register_incompatibleSuccessor_isRefusedWithDetails(Language language, Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", language.schema(language.money()));

        ClientError error =
                thrownBy(() -> client.call("register", "money", language.schema(language.moneyOfNumberedCurrency())));

        assertThat(error.status()).isEqualTo(409);
        assertThat(error.code()).isEqualTo(409);
        assertThat(error).hasMessageContaining("incompatible with an earlier schema for subject \"money\", details: [");
    }

    @ParameterizedTest
    @EnumSource
    void register_nonsense_isRefusedAsInvalid(Language language, Clients clients) {
        ClientError error =
                thrownBy(() -> clients.confluentinc().call("register", "money", language.schema(language.nonsense())));

        assertThat(error.status()).isEqualTo(422);
        assertThat(error.code()).isEqualTo(42201);
    }

    @ParameterizedTest
    @EnumSource
    void testCompatibility_eitherWay_isJudged(Language language, Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", language.schema(language.money()));
        Map<String, ?> compatible = language.schema(language.moneyWithNote());
        Map<String, ?> incompatible = language.schema(language.moneyOfNumberedCurrency());

        assertThat(client.call("testSubjectCompatibility", "money", compatible).asBoolean())
                .isTrue();
        assertThat(client.call("testSubjectCompatibility", "money", incompatible)
                        .asBoolean())
                .isFalse();
        assertThat(client.call("testCompatibility", "money", 1, compatible).asBoolean())
                .isTrue();
        assertThat(client.call("testCompatibility", "money", 1, incompatible).asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void register_byReference_keepsItAndItsTarget(Language language, Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", language.schema(language.money()));
        int id = client.call("register", "order", language.orderSchema("money")).asInt();

        JsonNode reference =
                clients.confluentinc().call("getBySubjectAndId", "order", id).at("/references/0");
        ClientError error = thrownBy(() -> client.call("deleteSubject", "money"));

        assertThat(reference.path("name").asString()).isEqualTo(language.moneyName());
        assertThat(reference.path("subject").asString()).isEqualTo("money");
        assertThat(reference.path("version").isInt()).isTrue();
        assertThat(reference.path("version").asInt()).isEqualTo(1);
        assertThat(error.code()).isEqualTo(42206);
    }

    @ParameterizedTest
    @ValueSource(strings = {":.shop:money", "a/b", "größe%2F+?#&", "shop.Money"})
    void register_subjectOfAnyName_isFoundByIt(String subject, Clients clients) {
        NodeClient client = clients.confluentinc();

        int id = client.call("register", subject, MONEY).asInt();

        NodeClient fresh = clients.confluentinc();
        assertThat(fresh.call("getLatestSchemaMetadata", subject)
                        .path("subject")
                        .asString())
                .isEqualTo(subject);
        assertThat(fresh.call("getBySubjectAndId", subject, id).path("schema").asString())
                .isEqualTo(MONEY.get("schema"));
        assertThat(fresh.call("getId", subject, MONEY).asInt()).isEqualTo(id);
        assertThat(numbers(fresh.call("deleteSubject", subject))).containsExactly(1);
    }

    @Test
    void register_normalized_isFoundByAnotherSpelling(Clients clients) {
        Map<String, ?> spelled = Language.AVRO.schema("{\"type\": \"array\",   \"items\": \"int\"}");
        Map<String, ?> otherwise = Language.AVRO.schema("{\"items\":\"int\",\"type\":\"array\"}");
        int id = clients.confluentinc()
                .call("register", "numbers", spelled, true)
                .asInt();

        int again = clients.confluentinc()
                .call("register", "numbers", otherwise, true)
                .asInt();
        int lookedUp =
                clients.confluentinc().call("getId", "numbers", otherwise, true).asInt();

        assertThat(again).isEqualTo(id);
        assertThat(lookedUp).isEqualTo(id);
    }

    @Test
    void find_whatIsNotThere_saysWhatIsMissing(Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", MONEY);

        assertThat(thrownBy(() -> client.call("getLatestSchemaMetadata", "no-such"))
                        .code())
                .isEqualTo(40401);
        assertThat(thrownBy(() -> client.call("getAllVersions", "no-such")).code())
                .isEqualTo(40401);
        assertThat(thrownBy(() -> client.call("getSchemaMetadata", "money", 7)).code())
                .isEqualTo(40402);
        assertThat(thrownBy(() -> client.call("getBySubjectAndId", "money", Integer.MAX_VALUE))
                        .code())
                .isEqualTo(40403);
        assertThat(thrownBy(() -> client.call("getId", "money", MONEY_WITH_NOTE))
                        .code())
                .isEqualTo(40403);
        assertThat(thrownBy(() -> client.call("getId", "no-such", MONEY)).code())
                .isEqualTo(40401);
        assertThat(thrownBy(() -> client.call("getCompatibility", "money")).code())
                .isEqualTo(40408);
    }

    @Test
    void updateCompatibility_ofSubjectAndOfAll_isInForce(Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", MONEY);

        assertThat(client.call("getDefaultCompatibility").asString()).isEqualTo("BACKWARD");
        assertThat(client.call("updateCompatibility", "money", "NONE").asString())
                .isEqualTo("NONE");
        assertThat(client.call("updateDefaultCompatibility", "FULL_TRANSITIVE").asString())
                .isEqualTo("FULL_TRANSITIVE");

        assertThat(client.call("getCompatibility", "money").asString()).isEqualTo("NONE");
        assertThat(client.call("getDefaultCompatibility").asString()).isEqualTo("FULL_TRANSITIVE");
        assertThat(client.call("register", "money", INCOMPATIBLE).asInt()).isPositive();
    }

    @Test
    void updateConfig_severalFields_areKept(Clients clients) {
        NodeClient client = clients.confluentinc();

        client.call(
                "updateConfig",
                "money",
                Map.of("compatibility", "FORWARD", "normalize", true, "compatibilityGroup", "major"));

        JsonNode config = client.call("getConfig", "money");
        assertThat(config.path("compatibilityLevel").asString()).isEqualTo("FORWARD");
        assertThat(config.path("normalize").asBoolean()).isTrue();
        assertThat(config.path("compatibilityGroup").asString()).isEqualTo("major");
    }

    @Test
    void updateConfig_alias_leadsToTheOtherSubject(Clients clients) {
        NodeClient client = clients.confluentinc();
        int id = client.call("register", "money", MONEY).asInt();

        client.call("updateConfig", "cash", Map.of("alias", "money"));

        assertThat(clients.confluentinc()
                        .call("getLatestSchemaMetadata", "cash")
                        .path("id")
                        .asInt())
                .isEqualTo(id);
    }

    @Test
    void register_withMetadata_isFoundByIt(Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", withMajor(MONEY, "1"));
        client.call("register", "money", withMajor(MONEY_WITH_NOTE, "2"));

        JsonNode found = client.call("getLatestWithMetadata", "money", Map.of("major", "1"));

        assertThat(found.path("version").asInt()).isEqualTo(1);
        assertThat(found.at("/metadata/properties/major").asString()).isEqualTo("1");
    }

    private static Map<String, ?> withMajor(Map<String, ?> schema, String major) {
        return Map.of("schema", schema.get("schema"), "metadata", Map.of("properties", Map.of("major", major)));
    }

    @Test
    void deleteSubjectVersion_softThenForGood_isGone(Clients clients) {
        NodeClient client = clients.confluentinc();
        client.call("register", "money", MONEY);
        client.call("register", "money", MONEY_WITH_NOTE);

        ClientError tooEarly = thrownBy(() -> client.call("deleteSubjectVersion", "money", 1, true));
        assertThat(client.call("deleteSubjectVersion", "money", 1).asInt()).isEqualTo(1);
        assertThat(client.call("deleteSubjectVersion", "money", 1, true).asInt())
                .isEqualTo(1);

        assertThat(tooEarly.code()).isEqualTo(40407);
        assertThat(numbers(client.call("getAllVersions", "money"))).containsExactly(2);
        assertThat(thrownBy(() -> clients.confluentinc().call("getSchemaMetadata", "money", 1, true))
                        .code())
                .isEqualTo(40402);
    }

    @Test
    void deleteSubject_softThenForGood_isGone(Clients clients) {
        NodeClient client = clients.confluentinc();
        int id = client.call("register", "money", MONEY).asInt();
        client.call("register", "money", MONEY_WITH_NOTE);

        assertThat(numbers(client.call("deleteSubject", "money"))).containsExactly(1, 2);
        JsonNode deleted = clients.confluentinc().call("getBySubjectAndId", "money", id);
        ClientError again = thrownBy(() -> client.call("deleteSubject", "money"));
        assertThat(numbers(client.call("deleteSubject", "money", true))).containsExactly(1, 2);

        assertThat(deleted.path("schema").asString()).isEqualTo(MONEY.get("schema"));
        assertThat(again.code()).isEqualTo(40404);
        assertThat(client.call("getAllSubjects")).isEmpty();
        assertThat(thrownBy(() -> clients.confluentinc().call("getBySubjectAndId", "money", id))
                        .code())
                .isEqualTo(40403);
    }
}
