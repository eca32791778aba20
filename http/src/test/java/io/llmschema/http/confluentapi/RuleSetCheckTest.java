package io.llmschema.http.confluentapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that cannot be, and what is said of them. */
class RuleSetCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "domainRules    | {'type':'CEL','mode':'WRITE'}                                  | Missing rule name",
                "domainRules    | {'name':'','type':'CEL','mode':'WRITE'}                        | Empty rule name",
                "domainRules    | {'name':'1a','type':'CEL','mode':'WRITE'}                      | Illegal initial character in rule name: 1",
                "domainRules    | {'name':'-a','type':'CEL','mode':'WRITE'}                      | Illegal initial character in rule name: -",
                "domainRules    | {'name':'a.b','type':'CEL','mode':'WRITE'}                     | Illegal character in rule name: .",
                "domainRules    | {'name':'a','mode':'WRITE'}                                    | Missing rule type",
                "domainRules    | {'name':'a','type':'CEL','mode':'WRITE','onSuccess':'NONE,NONE'} | Multiple actions only valid with WRITEREAD and UPDOWN",
                "domainRules    | {'name':'a','type':'CEL','mode':'READ','onFailure':'DLQ,ERROR'} | Multiple actions only valid with WRITEREAD and UPDOWN",
                "migrationRules | {'name':'a','type':'CEL','mode':'WRITE'}                       | Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN",
                "domainRules    | {'name':'a','type':'CEL','mode':'UPDOWN'}                      | Domain rules can only be WRITE, READ, WRITEREAD",
                "domainRules    | {'name':'a','type':'CEL'}                                      | Domain rules can only be WRITE, READ, WRITEREAD",
                "encodingRules  | {'name':'a','type':'CEL','mode':'UPGRADE'}                     | Encoding rules can only be WRITE, READ, WRITEREAD"
            })
    void check_ruleThatCannotBe_isRefused(String list, String rule, String words) {
        assertRefused("{'%s':[%s]}".formatted(list, rule), words);
    }

    @Test
    void check_sameNameInTwoLists_isRefused() {
        assertRefused(
                "{'migrationRules':[{'name':'a','type':'JSONATA','mode':'UPDOWN'}],'domainRules':[{'name':'a','type':'CEL','mode':'READ'}]}",
                "Found rule with duplicate name 'a'");
    }

    @Test
    void check_nameThatIsTooLong_isRefused() {
        String longest = "a".repeat(RuleSetCheck.MAX_NAME_LENGTH);

        assertThatCode(() -> check("{'domainRules':[{'name':'%s','type':'CEL','mode':'READ'}]}".formatted(longest)))
                .doesNotThrowAnyException();
        assertRefused(
                "{'domainRules':[{'name':'%sa','type':'CEL','mode':'READ'}]}".formatted(longest), "Rule name too long");
    }

    @Test
    void check_rulesThatCanBe_pass() {
        assertThatCode(() -> check(
                        "{'migrationRules':[{'name':'_up','type':'JSONATA','mode':'UPDOWN','onFailure':'DLQ,ERROR'}],"
                                + "'domainRules':[{'name':'a-1','type':'CEL_FIELD','mode':'WRITEREAD','onSuccess':'NONE,ERROR'}],"
                                + "'encodingRules':[{'name':'é','type':'ENCRYPT','mode':'READ','onFailure':'NONE'}]}"))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String rules, String words) {
        assertThatThrownBy(() -> check(rules))
                .asInstanceOf(type(ConfluentRefusal.class))
                .matches(refusal -> refusal.code() == 42210 && refusal.status() == 422)
                .extracting(ConfluentRefusal::message)
                .isEqualTo(words);
    }

    private static void check(String rules) {
        RuleSetCheck.check(RuleSet.read(LenientObject.of(JsonExample.of(rules))));
    }
}
