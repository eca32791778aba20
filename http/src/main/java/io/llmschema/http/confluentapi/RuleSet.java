package io.llmschema.http.confluentapi;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of a contract. Their names are unique over all lists.
 *
 * @param migrationRules for data that are read with another version than they were written with
 * @param domainRules for what data mean
 * @param encodingRules for how data are written
 * @param enableAt who follows them; absent: everyone
 */
record RuleSet(
        List<Rule> migrationRules,
        List<Rule> domainRules,
        List<Rule> encodingRules,
        @Nullable Place enableAt) {
    /** Who follows rules. */
    enum Place {
        ALL,
        CLIENT,
        GATEWAY,
        SERVER,
        NONE
    }

    private static final String MIGRATION_RULES = "migrationRules";
    private static final String DOMAIN_RULES = "domainRules";
    private static final String ENCODING_RULES = "encodingRules";
    private static final String ENABLE_AT = "enableAt";

    static final RuleSet EMPTY = new RuleSet(List.of(), List.of(), List.of(), null);

    RuleSet {
        migrationRules = List.copyOf(migrationRules);
        domainRules = List.copyOf(domainRules);
        encodingRules = List.copyOf(encodingRules);
    }

    /** One that a request gives; {@link ConfluentRefusal} if it has a rule that cannot be. */
    static RuleSet readChecked(LenientObject object) {
        RuleSet read = read(object);
        RuleSetCheck.check(read);
        return read;
    }

    /** One that was checked when it came. */
    static RuleSet read(LenientObject object) {
        return new RuleSet(
                object.objects(MIGRATION_RULES, Rule::read),
                object.objects(DOMAIN_RULES, Rule::read),
                object.objects(ENCODING_RULES, Rule::read),
                object.named(ENABLE_AT, Place.values()).orElse(null));
    }

    boolean isEmpty() {
        return all().findAny().isEmpty() && enableAt == null;
    }

    /** The rules of all lists. */
    Stream<Rule> all() {
        return Stream.of(migrationRules, domainRules, encodingRules).flatMap(List::stream);
    }

    /** This with the rules of another behind its own; of rules with one name, the other's. */
    RuleSet with(RuleSet other) {
        RuleSet others = without(other.all().map(Rule::name).collect(Collectors.toSet()));
        return new RuleSet(
                joined(others.migrationRules, other.migrationRules),
                joined(others.domainRules, other.domainRules),
                joined(others.encodingRules, other.encodingRules),
                other.enableAt == null ? enableAt : other.enableAt);
    }

    private static List<Rule> joined(List<Rule> some, List<Rule> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** This without the rules that have one of these names. */
    RuleSet without(Set<String> names) {
        Predicate<Rule> stays = rule -> !names.contains(Objects.requireNonNullElse(rule.name(), ""));
        return new RuleSet(
                migrationRules.stream().filter(stays).toList(),
                domainRules.stream().filter(stays).toList(),
                encodingRules.stream().filter(stays).toList(),
                enableAt);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, MIGRATION_RULES, migrationRules);
        put(json, DOMAIN_RULES, domainRules);
        put(json, ENCODING_RULES, encodingRules);
        if (enableAt != null) {
            json.put(ENABLE_AT, enableAt.name());
        }
        return json;
    }

    private static void put(ObjectNode json, String field, List<Rule> rules) {
        if (!rules.isEmpty()) {
            rules.stream().map(Rule::toJson).forEach(json.putArray(field)::add);
        }
    }
}
