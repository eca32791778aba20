package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.http.HttpProblem;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.WriteMode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is set, as this dialect says it. */
class ConfigTest {
    @Test
    void into_knownFields_areSettingsOfTheRegistry() {
        SubjectSettings settings = config(
                        "{'compatibility':'full_transitive','compatibilityPolicy':'Lenient','compatibilityGroup':'major'}")
                .into(SubjectSettings.NONE);

        assertThat(settings.level()).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        assertThat(settings.policy()).isEqualTo(CompatibilityPolicy.LENIENT);
        assertThat(settings.groupBy()).isEqualTo("major");
        assertThat(settings.attributes()).isNull();
    }

    @Test
    void into_otherFields_lieInTheAttributes() {
        SubjectSettings settings =
                config("{'validateFields':true,'alias':'b','unknown':1}").into(SubjectSettings.NONE);

        assertThat(settings.attributes()).isEqualTo(doubleQuoted("{'validateFields':true,'alias':'b'}"));
    }

    @Test
    void into_whatTheDialectDoesNotKnow_stays() {
        SubjectSettings present =
                new SubjectSettings(null, null, null, true, null, true, ValidationMode.WARN, WriteMode.IMPORT, null);

        SubjectSettings settings = config("{'compatibility':'NONE'}").into(present);

        assertThat(settings)
                .isEqualTo(new SubjectSettings(
                        CompatibilityLevel.NONE,
                        null,
                        null,
                        true,
                        null,
                        true,
                        ValidationMode.WARN,
                        WriteMode.IMPORT,
                        null));
    }

    @Test
    void of_whatWasSet_isTheSame() {
        Config config = config("{'compatibility':'NONE','normalize':false,'defaultMetadata':{'properties':{'a':'b'}},"
                + "'overrideRuleSet':{'domainRules':[{'name':'r','type':'CEL','mode':'READ'}]},'aliasForDeks':'d'}");

        assertThat(Config.of(config.into(SubjectSettings.NONE))).isEqualTo(config);
    }

    @Test
    void toJson_hasTheFieldsInTheirOrder() {
        Config config = config("{'overrideMetadata':{'sensitive':['x']},'alias':'b','compatibility':'none'}");

        assertThat(text(config.toJson("compatibility")))
                .isEqualTo(doubleQuoted("{'compatibility':'NONE','alias':'b','overrideMetadata':{'sensitive':['x']}}"));
    }

    @Test
    void with_fieldThatIsNull_isSetNoLonger() {
        Config config = config("{'compatibility':'FULL','alias':'b'}")
                .with(ConfigField.read(JsonExample.of("{'alias':null,'normalize':true}")));

        assertThat(text(config.toJson("compatibilityLevel")))
                .isEqualTo(doubleQuoted("{'compatibilityLevel':'FULL','normalize':true}"));
    }

    @Test
    void over_onlySomeFieldsAreTakenFromAbove() {
        Config above = config(
                "{'compatibility':'FULL','compatibilityPolicy':'STRICT','compatibilityGroup':'g','normalize':true,"
                        + "'validateFields':true,'validateNewSchemas':true,'validateRules':true,'alias':'x','defaultMetadata':{'sensitive':['x']}}");

        Config inForce = config("{'validateRules':false}").over(above);

        assertThat(text(inForce.toJson("compatibilityLevel")))
                .isEqualTo(doubleQuoted(
                        "{'compatibilityPolicy':'STRICT','compatibilityGroup':'g','normalize':true,'validateFields':true,"
                                + "'validateNewSchemas':true,'validateRules':false}"));
    }

    @Test
    void over_nothing_isWhatIsAbove() {
        Config above = config("{'compatibility':'FULL','defaultMetadata':{'sensitive':['x']}}");

        assertThat(Config.NONE.over(above)).isEqualTo(above);
    }

    @Test
    void defaultsAndOverrides_areContracts() {
        Config config = config("{'defaultMetadata':{'properties':{'a':'b'}},'defaultRuleSet':{'enableAt':'ALL'},"
                + "'overrideMetadata':{'properties':{'c':'d'}}}");

        assertThat(config.defaults().property("a")).contains("b");
        assertThat(config.defaults().rules().enableAt()).isEqualTo(RuleSet.Place.ALL);
        assertThat(config.overrides().property("c")).contains("d");
        assertThat(Config.NONE.overrides()).isEqualTo(Contract.NONE);
    }

    @Test
    void alias_thatIsEmpty_isNone() {
        assertThat(config("{'alias':''}").alias()).isEmpty();
        assertThat(config("{'alias':'b'}").alias()).contains("b");
    }

    @Test
    void read_levelThatIsNone_isRefused() {
        assertThatThrownBy(() -> config("{'compatibility':'SOME'}"))
                .isInstanceOf(ConfluentRefusal.class)
                .hasMessageStartingWith("Invalid compatibility level. Valid values are none, backward");
    }

    @Test
    void read_policyThatIsNotSupported_isRefused() {
        assertThatThrownBy(() -> config("{'compatibilityPolicy':'LOGICAL'}"))
                .isInstanceOf(ConfluentRefusal.class)
                .hasMessageContaining("does not support logical");
    }

    @Test
    void read_ruleThatCannotBe_isRefused() {
        assertThatThrownBy(() -> config("{'defaultRuleSet':{'domainRules':[{}]}}"))
                .isInstanceOf(ConfluentRefusal.class)
                .hasMessage("Missing rule name");
    }

    @Test
    void read_otherShape_isRefused() {
        assertThatThrownBy(() -> config("{'normalize':'yes'}")).isInstanceOf(HttpProblem.class);
    }

    private static Config config(String body) {
        return Config.NONE.with(ConfigField.read(JsonExample.of(body)));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
