package io.llmschema.http.confluentapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The check of the rules that a request gives, in the words of Confluent's registry. The first fault is told. */
final class RuleSetCheck {
    static final int MAX_NAME_LENGTH = 256;

    private static final int CODE = 42210;
    private static final int STATUS = 422;

    private final Set<String> names = new HashSet<>();

    private RuleSetCheck() {}

    static void check(RuleSet rules) {
        RuleSetCheck check = new RuleSetCheck();
        check.list(rules.migrationRules(), true, "Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN");
        check.list(rules.domainRules(), false, "Domain rules can only be WRITE, READ, WRITEREAD");
        check.list(rules.encodingRules(), false, "Encoding rules can only be WRITE, READ, WRITEREAD");
    }

    private void list(List<Rule> rules, boolean isMigration, String otherMode) {
        for (Rule rule : rules) {
            String name = checkedName(rule.name());
            require(rule.type() != null && !rule.type().isBlank(), "Missing rule type");
            require(
                    isTwoWay(rule.mode()) || !(hasTwoActions(rule.onSuccess()) || hasTwoActions(rule.onFailure())),
                    "Multiple actions only valid with WRITEREAD and UPDOWN");
            require(names.add(name), "Found rule with duplicate name '" + name + "'");
            require(rule.mode() != null && rule.mode().isMigration() == isMigration, otherMode);
        }
    }

    private static boolean isTwoWay(Rule.@Nullable Mode mode) {
        return mode != null && mode.isTwoWay();
    }

    private static boolean hasTwoActions(@Nullable String actions) {
        return actions != null && actions.contains(",");
    }

    private static String checkedName(@Nullable String name) {
        if (name == null) {
            throw refusal("Missing rule name");
        }
        require(!name.isEmpty(), "Empty rule name");
        require(name.length() <= MAX_NAME_LENGTH, "Rule name too long");
        char first = name.charAt(0);
        require(Character.isLetter(first) || first == '_', "Illegal initial character in rule name: " + first);
        name.chars()
                .filter(c -> !(Character.isLetterOrDigit(c) || c == '_' || c == '-'))
                .findFirst()
                .ifPresent(c -> {
                    throw refusal("Illegal character in rule name: " + (char) c);
                });
        return name;
    }

    private static void require(boolean isRight, String fault) {
        if (!isRight) {
            throw refusal(fault);
        }
    }

    static ConfluentRefusal refusal(String fault) {
        return new ConfluentRefusal(CODE, STATUS, fault);
    }
}
