package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.http.HttpProblem;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What contracts say, where they are kept, and what becomes of two of them. */
class ContractTest {
    private static final String FULL =
            "{'metadata':{'tags':{'b.*':['PII','A'],'a':['X']},'properties':{'owner':'me','app':'x'},'sensitive':['owner']},"
                    + "'ruleSet':{'migrationRules':[{'name':'up','kind':'TRANSFORM','mode':'UPGRADE','type':'JSONATA','expr':'$'}],"
                    + "'domainRules':[{'name':'check','doc':'why','kind':'CONDITION','mode':'WRITEREAD','type':'CEL','tags':['z','a'],"
                    + "'params':{'q':'1','p':'2'},'expr':'true','onSuccess':'NONE,NONE','onFailure':'ERROR,DLQ','disabled':true}],"
                    + "'encodingRules':[{'name':'hide','kind':'TRANSFORM','mode':'WRITE','type':'ENCRYPT_PAYLOAD'}],'enableAt':'CLIENT'}}";

    @Test
    void write_ofWhatWasRead_hasEveryFieldSorted() {
        Contract contract = read(FULL);

        assertThat(written(contract))
                .isEqualTo(doubleQuoted(
                        "{'metadata':{'tags':{'a':['X'],'b.*':['A','PII']},'sensitive':['owner'],'properties':{'app':'x','owner':'me'}},"
                                + "'ruleSet':{'migrationRules':[{'name':'up','kind':'TRANSFORM','mode':'UPGRADE','type':'JSONATA','expr':'$','disabled':false}],"
                                + "'domainRules':[{'name':'check','doc':'why','kind':'CONDITION','mode':'WRITEREAD','type':'CEL','tags':['a','z'],"
                                + "'params':{'p':'2','q':'1'},'expr':'true','onSuccess':'NONE,NONE','onFailure':'ERROR,DLQ','disabled':true}],"
                                + "'encodingRules':[{'name':'hide','kind':'TRANSFORM','mode':'WRITE','type':'ENCRYPT_PAYLOAD','disabled':false}],"
                                + "'enableAt':'CLIENT'}}"));
    }

    @Test
    void write_ofNothing_hasNoField() {
        assertThat(written(read("{}"))).isEqualTo("{}");
        assertThat(written(read("{'metadata':null,'ruleSet':null}"))).isEqualTo("{}");
        assertThat(written(read("{'metadata':{},'ruleSet':{'domainRules':[]}}")))
                .isEqualTo("{}");
    }

    @Test
    void read_unknownFields_arePassedOver() {
        Contract contract = read("{'metadata':{'properties':{'a':'1'},'more':{}},'ruleSet':{'rules':7},'other':[]}");

        assertThat(written(contract)).isEqualTo(doubleQuoted("{'metadata':{'properties':{'a':'1'}}}"));
    }

    @Test
    void read_legacyNameOfTheRuleSet_isTaken() {
        Contract contract = read("{'ruleset':{'enableAt':'NONE'}}");

        assertThat(written(contract)).isEqualTo(doubleQuoted("{'ruleSet':{'enableAt':'NONE'}}"));
    }

    @Test
    void read_propertiesThatAreNumbers_areTexts() {
        Contract contract = read("{'metadata':{'properties':{'a':1,'b':true,'c':null}}}");

        assertThat(written(contract)).isEqualTo(doubleQuoted("{'metadata':{'properties':{'a':'1','b':'true'}}}"));
    }

    @Test
    void read_wrongShape_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> read("{'metadata':{'tags':{'a':['b',{}]}}}"))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("the body at /metadata/tags/a/1: it must be a string");
        assertThatThrownBy(() -> read("{'ruleSet':{'domainRules':[{'name':'a','kind':'NEVER'}]}}"))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("the body at /ruleSet/domainRules/0/kind: known are [TRANSFORM, CONDITION]");
    }

    @Test
    void read_whatStoresCannotKeep_isRefused() {
        assertThatThrownBy(() -> read("{'metadata':{'properties':{'a':'\\u0000'}}}"))
                .isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> read("{'metadata':{'properties':{'\\u0000':'a'}}}"))
                .isInstanceOf(HttpProblem.class);
    }

    @Test
    void read_propertyOfTheNameThatIsOurs_isRefused() {
        assertThatThrownBy(() -> read("{'metadata':{'properties':{'confluent':'x'}}}"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("choose another");
    }

    @Test
    void into_keepsPropertiesAsAttributesAndTheRestInOneMember() {
        Metadata metadata = read("{'metadata':{'properties':{'app':'x'},'sensitive':['app']}}")
                .into(Metadata.NONE);

        assertThat(metadata.attributes()).isEqualTo(doubleQuoted("{'app':'x','confluent':{'sensitive':['app']}}"));
    }

    @Test
    void into_whatIsNoContract_staysAsItIs() {
        Metadata base = new Metadata(
                "words", "team", List.of("tag"), doubleQuoted("{'n':1,'old':'gone','o':{'a':[]},'confluent':{'x':1}}"));

        Metadata metadata = read("{'metadata':{'properties':{'new':'x'}}}").into(base);

        assertThat(metadata)
                .isEqualTo(
                        new Metadata("words", "team", List.of("tag"), doubleQuoted("{'n':1,'new':'x','o':{'a':[]}}")));
    }

    @Test
    void of_whatWasKept_isTheSame() {
        Contract contract = read(FULL);

        assertThat(Contract.of(contract.into(Metadata.NONE))).isEqualTo(contract);
    }

    @Test
    void of_metadataOfTheOtherDialect_hasTheirTextsAsProperties() {
        Contract contract =
                Contract.of(new Metadata(null, null, List.of("t"), doubleQuoted("{'a':'x','b':2,'c':{'d':'e'}}")));

        assertThat(written(contract)).isEqualTo(doubleQuoted("{'metadata':{'properties':{'a':'x'}}}"));
    }

    @Test
    void of_memberOfOurNameThatIsNoContract_hasNoneBesideItsProperties() {
        for (String member : List.of("1", "'text'", "[]", "{'tags':[]}", "{'ruleSet':{'domainRules':{}}}")) {
            Contract contract = Contract.of(
                    new Metadata(null, null, List.of(), doubleQuoted("{'a':'x','confluent':" + member + "}")));

            assertThat(written(contract)).isEqualTo(doubleQuoted("{'metadata':{'properties':{'a':'x'}}}"));
        }
    }

    @Test
    void of_nothing_isNone() {
        assertThat(Contract.of(Metadata.NONE)).isEqualTo(Contract.NONE);
        assertThat(Contract.NONE.isEmpty()).isTrue();
        assertThat(read("{'metadata':{}}").isEmpty()).isTrue();
        assertThat(read(FULL).isEmpty()).isFalse();
    }

    @Test
    void merged_partThatIsNotGiven_isThatOfTheVersionBefore() {
        Contract previous = read("{'metadata':{'properties':{'a':'1'}},'ruleSet':{'enableAt':'ALL'}}");

        Contract merged = read("{'metadata':{'properties':{'b':'2'}}}").merged(Contract.NONE, previous, Contract.NONE);

        assertThat(written(merged))
                .isEqualTo(doubleQuoted("{'metadata':{'properties':{'b':'2'}},'ruleSet':{'enableAt':'ALL'}}"));
    }

    @Test
    void merged_partThatIsGivenEmpty_isEmpty() {
        Contract previous = read("{'metadata':{'properties':{'a':'1'}}}");

        Contract merged = read("{'metadata':{}}").merged(Contract.NONE, previous, Contract.NONE);

        assertThat(merged).isEqualTo(Contract.NONE);
    }

    @Test
    void merged_defaultsGiveWayAndOverridesDoNot() {
        Contract defaults = read("{'metadata':{'properties':{'a':'d','b':'d'},'tags':{'p':['D']}}}");
        Contract overrides = read("{'metadata':{'properties':{'c':'o'},'tags':{'p':['O']},'sensitive':['c']}}");
        Contract given = read("{'metadata':{'properties':{'b':'g','c':'g'},'tags':{'p':['G']}}}");

        Contract merged = given.merged(defaults, null, overrides);

        assertThat(written(merged))
                .isEqualTo(
                        doubleQuoted(
                                "{'metadata':{'tags':{'p':['D','G','O']},'sensitive':['c'],'properties':{'a':'d','b':'g','c':'o'}}}"));
    }

    @Test
    void merged_rulesOfOneName_areThoseThatComeLast() {
        Contract defaults = read("{'ruleSet':{'domainRules':[" + rule("a", "1") + "," + rule("b", "1") + "]}}");
        Contract overrides = read("{'ruleSet':{'encodingRules':[" + rule("a", "3") + "]}}");
        Contract given = read("{'ruleSet':{'domainRules':[" + rule("b", "2") + "," + rule("c", "2") + "]}}");

        Contract merged = given.merged(defaults, null, overrides);

        assertThat(merged.rules().domainRules())
                .extracting(Rule::name, Rule::expr)
                .containsExactly(tuple("b", "2"), tuple("c", "2"));
        assertThat(merged.rules().encodingRules()).extracting(Rule::expr).containsExactly("3");
    }

    private static String rule(String name, String expr) {
        return "{'name':'%s','type':'CEL','kind':'CONDITION','mode':'WRITE','expr':'%s'}".formatted(name, expr);
    }

    @Test
    void withProperty_ofOneThatIsThere_replacesIt() {
        Contract contract = Contract.NONE.withProperty("confluent:version", "1").withProperty("confluent:version", "2");

        assertThat(contract.property("confluent:version")).contains("2");
        assertThat(contract.property("other")).isEmpty();
    }

    @Test
    void guidSuffix_hasEachPartThatIsThereInItsOrder() {
        assertThat(Contract.NONE.guidSuffix()).isEmpty();
        assertThat(read("{'metadata':{'tags':{'t':['B','A']},'properties':{'q':'2','p':'1'},'sensitive':['p']}}")
                        .guidSuffix())
                .isEqualTo("\u0001tABp1q2p");
        assertThat(read("{'ruleSet':{'enableAt':'ALL'}}").guidSuffix())
                .isEqualTo(doubleQuoted("\u0001{'enableAt':'ALL'}"));
    }

    private static Contract read(String body) {
        return Contract.read(JsonExample.of(body));
    }

    private static String written(Contract contract) {
        return JsonExample.object(contract::write);
    }
}
