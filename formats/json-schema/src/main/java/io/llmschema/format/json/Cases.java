package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How what is known of a value can be divided: into cases of which one is true, and in each of which more is known. */
final class Cases {
    /** The most values of a member that cases are made of. */
    private static final int MAX_VALUES = 64;

    /** Of more alternatives those that are not the case are not kept in mind. */
    private static final int MAX_EXCLUDED = 100;

    private Cases() {}

    /** By an alternative that one of the accepting schemas leaves open; empty if there is none. */
    static List<Facts> ofAlternatives(Facts facts) {
        for (SchemaNode schema : facts.accepting()) {
            if (isOpen(facts, schema.anyOf)) {
                return schema.anyOf.stream().map(facts::and).toList();
            }
            if (isOpen(facts, schema.oneOf)) {
                return ofOne(facts, schema.oneOf);
            }
        }
        for (SchemaNode schema : facts.accepting()) {
            SchemaNode condition = schema.condition;
            if (condition != null
                    && schema.has(Keyword.CONDITIONAL)
                    && !facts.knowsAccepting(condition)
                    && !facts.knowsRefusing(condition)) {
                return List.of(facts.and(condition), facts.andNot(List.of(condition)));
            }
        }
        return List.of();
    }

    private static List<Facts> ofOne(Facts facts, List<SchemaNode> branches) {
        if (branches.size() > MAX_EXCLUDED) {
            return branches.stream().map(facts::and).toList();
        }
        return branches.stream()
                .map(branch -> facts.and(branch)
                        .andNot(branches.stream()
                                .filter(other -> other != branch)
                                .toList()))
                .toList();
    }

    private static boolean isOpen(Facts facts, List<SchemaNode> branches) {
        return branches.size() > 1 && branches.stream().noneMatch(facts::knowsAccepting);
    }

    /** By the kinds that the value may be of. */
    static List<Facts> ofKinds(Facts facts) {
        return facts.kinds().size() < 2
                ? List.of()
                : facts.kinds().stream().map(facts::onlyOf).toList();
    }

    /** By the values of a required member that can only have some; empty if there is none, or none that is not decided yet. */
    static List<Facts> ofDiscriminators(Facts facts) {
        if (!facts.mayBe(JsonKind.OBJECT) || facts.kinds().size() > 1) {
            return List.of();
        }
        for (String name : facts.required()) {
            List<JsonNode> values = facts.member(name).values();
            if (values != null && values.size() > 1 && values.size() <= MAX_VALUES) {
                return values.stream()
                        .map(value -> facts.and(memberIs(name, value)))
                        .toList();
            }
        }
        return List.of();
    }

    /** A schema that wants a member to be there, and nothing else. */
    static SchemaNode requiring(String name) {
        SchemaNode schema = made();
        schema.kinds = EnumSet.of(JsonKind.OBJECT);
        schema.keywords.add(Keyword.TYPE);
        schema.required.add(name);
        schema.keywords.add(Keyword.REQUIRED);
        schema.meaning = Meaning.of("requires").then(Meaning.of(name));
        return schema;
    }

    private static SchemaNode memberIs(String name, JsonNode value) {
        SchemaNode member = made();
        member.values = new ArrayList<>(List.of(value));
        member.keywords.add(Keyword.VALUES);
        member.meaning = Meaning.of("is").then(Meaning.of(value.toString()));
        SchemaNode schema = made();
        schema.properties.put(name, member);
        schema.keywords.add(Keyword.MEMBERS);
        schema.meaning = Meaning.of("member").then(Meaning.of(name)).then(member.meaning);
        return schema;
    }

    private static SchemaNode made() {
        return new SchemaNode(-1, Pointer.ROOT);
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
