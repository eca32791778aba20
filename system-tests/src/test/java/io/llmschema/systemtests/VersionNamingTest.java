package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which number a version gets, and which it may be given. */
@ExtendWith(SharedServer.class)
class VersionNamingTest {
    private static final String INTEGER = "{\"type\":\"integer\"}";
    private static final String NUMBER = "{\"type\":\"number\"}";
    private static final String STRING = "{\"type\":\"string\"}";
    private static final String NAMED_INTEGER = "{\"type\":\"integer\",\"title\":\"t\"}";

    /** Numbers have to say enough, and nothing else is asked. */
    private static final String STRICT_NUMBERS = "{\"allowsLowerVersions\":false}";

    private static String registered(RegistryClient client, String schema, String... furtherFields) {
        return client.register("s", schema, furtherFields).text("/schema/version");
    }

    private static String given(String version) {
        return "\"version\":\"" + version + "\"";
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void noNumberGiven_isTheOneThatTheChangeDeserves(Evolution evolution, RegistryClient client) {
        List<String> numbers = new ArrayList<>();

        for (String step : evolution.steps()) {
            numbers.add(evolution.register(client, "s", step).text("/schema/version"));
        }

        assertThat(numbers).isEqualTo(Evolution.VERSIONS);
        assertThat(client.get(subject("s")).text("/latest")).isEqualTo("2.0.0");
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void whiteSpace_isAPatch(Evolution evolution, RegistryClient client) {
        evolution.register(client, "s", evolution.first());

        Reply reply = evolution.register(client, "s", evolution.first().replace(" ", "  ") + "\n");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("/schema/version")).isEqualTo("1.0.1");
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void numberThatSaysTooLittle_isRefusedWithTheOneDeserved(Evolution evolution, RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        evolution.register(client, "s", evolution.first());
        Reply before = client.get(versions("s"));

        Reply breaking = client.post(versions("s"), evolution.envelope(evolution.breaking(), given("1.9.9")));
        Reply additive = client.post(versions("s"), evolution.envelope(evolution.additive(), given("1.0.1")));

        assertTooLow(breaking, "2.0.0", "BREAKING");
        assertTooLow(additive, "1.1.0", "ADDITIVE");
        assertThat(client.get(versions("s")).json()).isEqualTo(before.json());
        assertThat(client.post(versions("s"), evolution.envelope(evolution.additive(), given("1.1.0")))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void numberThatSaysTooLittle_isTaken_whereThatIsAllowed(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"allowsLowerVersions\":true}");
        evolution.register(client, "s", evolution.first());

        Reply reply = client.post(versions("s"), evolution.envelope(evolution.breaking(), given("1.0.1")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.text("/schema/version")).isEqualTo("1.0.1");
    }

    @Test
    void number_mayAlwaysSayMore(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER);

        assertThat(registered(client, NAMED_INTEGER, given("7.3.2"))).isEqualTo("7.3.2");
        assertThat(registered(client, NUMBER)).isEqualTo("7.4.0");
    }

    /** A line that is kept up beside a newer one is judged by its own past. */
    @Test
    void numberGiven_isComparedWithTheReleaseBelowIt(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER, given("1.4.0"));
        registered(client, STRING, given("2.0.0"));

        Reply tooLow = client.post(versions("s"), "{\"schema\":" + NUMBER + "," + given("1.4.1") + "}");

        assertTooLow(tooLow, "1.5.0", "1.4.0");
        assertThat(registered(client, NAMED_INTEGER, given("1.4.1"))).isEqualTo("1.4.1");
        assertThat(client.get(version("s", "latest")).text("/version")).isEqualTo("2.0.0");
        assertThat(registered(client, "{\"type\":\"boolean\"}", given("0.9.0"))).isEqualTo("0.9.0");
    }

    @Test
    void numberThatIsThere_isRefusedForThat(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER);

        Reply reply = client.post(versions("s"), "{\"schema\":" + STRING + "," + given("1.0.0") + "}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("/code")).isEqualTo("version-exists");
    }

    /** Before 1.0.0 everything is one place lower. */
    @Test
    void belowOne_breakingIsMinorAndAllElsePatch(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER, given("0.1.0"));

        assertThat(registered(client, NAMED_INTEGER)).isEqualTo("0.1.1");
        assertThat(registered(client, NUMBER)).isEqualTo("0.1.2");
        assertTooLow(
                client.post(versions("s"), "{\"schema\":" + STRING + "," + given("0.1.9") + "}"), "0.2.0", "BREAKING");
        assertThat(registered(client, STRING)).isEqualTo("0.2.0");
        assertThat(registered(client, "{\"type\":\"boolean\"}", given("1.0.0"))).isEqualTo("1.0.0");
    }

    @Test
    void preRelease_isFollowedByItsRelease_whateverChanged(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER, given("1.0.0-rc.1"));

        assertThat(registered(client, STRING, given("1.0.0-rc.2"))).isEqualTo("1.0.0-rc.2");
        assertThat(registered(client, "{\"type\":\"boolean\"}")).isEqualTo("1.0.0");
    }

    /** Its pre-releases count as the release they lead to. */
    @Test
    void preRelease_mustSayEnoughOfTheReleaseItLeadsTo(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER);

        Reply tooLow = client.post(versions("s"), "{\"schema\":" + STRING + "," + given("1.1.0-rc.1") + "}");

        assertTooLow(tooLow, "2.0.0", "BREAKING");
        assertThat(registered(client, STRING, given("2.0.0-rc.1"))).isEqualTo("2.0.0-rc.1");
        assertThat(client.get(version("s", "latest")).text("/version")).isEqualTo("1.0.0");
        // Compared with 1.0.0, which is still the latest; but numbers go on from the highest there ever was.
        assertThat(registered(client, NAMED_INTEGER)).isEqualTo("2.0.0");
    }

    @Test
    void deletedNumbers_areNotUsedAgain(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER);
        registered(client, STRING);
        client.delete(version("s", "2.0.0"));

        assertThat(registered(client, NAMED_INTEGER)).isEqualTo("2.0.1");
    }

    @Test
    void otherLanguage_isBreaking(RegistryClient client) {
        client.set("s", STRICT_NUMBERS);
        registered(client, INTEGER);

        Reply reply = client.post(versions("s"), RegistryClient.AVRO, "\"int\"");

        assertThat(reply.text("/schema/version")).isEqualTo("2.0.0");
    }

    /** White space in the text, and other versions behind it: what is accepted may be anything, so it is additive. */
    @Test
    void referenceToAnotherVersion_isAdditive(RegistryClient client) {
        client.register("base", INTEGER);
        client.register("base", NAMED_INTEGER);
        String user =
                "{\"schema\":{\"$ref\":\"b\"},\"references\":[{\"name\":\"b\",\"subject\":\"base\",\"version\":\"%s\"}]}";
        client.post(versions("s"), user.formatted("1.0.0"));

        Reply reply = client.post(versions("s"), user.formatted("1.0.1"));

        assertThat(reply.text("/schema/version")).isEqualTo("1.1.0");
    }

    @ParameterizedTest
    @CsvSource({"STRICT, 2.0.0", "LENIENT, 1.1.0"})
    void propertyMore_isBreakingToTheStrictOnly(String policy, String expected, RegistryClient client) {
        client.set("s", "{\"policy\":\"" + policy + "\"}");
        registered(client, "{\"type\":\"object\"}");

        assertThat(registered(client, "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"))
                .isEqualTo(expected);
    }

    @Test
    void whatNobodyCanTell_isBreaking(RegistryClient client) {
        registered(client, "{\"type\":\"string\",\"pattern\":\"^ab\"}");

        assertThat(registered(client, "{\"type\":\"string\",\"pattern\":\"^(?=a)ab\"}"))
                .isEqualTo("2.0.0");
    }

    private static void assertTooLow(Reply reply, String deserved, String fact) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.text("/code")).isEqualTo("version-too-low");
        assertThat(reply.text("/deserved")).isEqualTo(deserved);
        assertThat(reply.text("/detail")).contains(deserved, fact);
    }
}
