package io.llmschema.format.json;

import io.llmschema.model.CompatibilityPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Proves that a schema accepts every value of which something is known, by rules of JSON Schema; what is not proven may be so all the same.
 *
 * <p>A schema accepts if each of its conditions is met, and a condition is met if the facts imply it. Where they do not, they are divided
 * into cases. A question that comes up again while it is being answered is taken as proven: values are finite, and between the two
 * lies a step into the value. What was proven so is remembered only once what it rests on is.
 */
final class Containment {
    /** How often facts are divided one within another. */
    private static final int MAX_CASES = 3;

    /** How many questions may lie one within another. */
    private static final int MAX_DEPTH = 600;

    /** The longest lists of values that are gone through, one by one. */
    private static final int MAX_VALUES = 20_000;

    /** The greatest lengths that are looked for in the expressions of texts. */
    private static final int MAX_SPELT_LENGTH = 50;

    /** The most digits before or behind the point of a number that is rounded. */
    private static final int MAX_SCALE = 100;

    /** The most places of an array that are looked at one by one. */
    private static final int MAX_PLACES = 100;

    private static final Set<Keyword> ONLY_OTHERS = EnumSet.of(Keyword.REF);

    /** Marks a question that is asked where facts are divided no further: its answer is not that of the question itself. */
    private static final Meaning UNDIVIDED = Meaning.of("undivided");

    private final Effort effort;
    private final Evaluator evaluator;
    private final CompatibilityPolicy policy;
    private final Map<Meaning, Boolean> answers = new HashMap<>();
    private final Map<Meaning, Asked> asked = new HashMap<>();
    private final List<Meaning> provisional = new ArrayList<>();
    private final Map<Meaning, Boolean> emptiness = new HashMap<>();
    private final Map<Meaning, PatternContainment> patterns = new HashMap<>();
    private int lowestAssumption = Integer.MAX_VALUE;
    private int cases;
    private int steps;

    /**
     * A question that is being answered.
     *
     * @param place how many were asked before it
     * @param steps how many steps into the value were taken before it
     */
    private record Asked(int place, int steps) {}

    Containment(Effort effort, Evaluator evaluator, CompatibilityPolicy policy) {
        this.effort = effort;
        this.evaluator = evaluator;
        this.policy = policy;
    }

    /** @throws TooHard it takes too many steps */
    boolean holds(Facts facts, SchemaNode schema) {
        effort.step();
        if (facts.knowsAccepting(schema)) {
            return true;
        }
        Meaning question = facts.key().then(schema.meaning);
        question = cases < MAX_CASES ? question : question.then(UNDIVIDED);
        Boolean known = answers.get(question);
        if (known != null) {
            return known;
        }
        Asked before = asked.get(question);
        if (before != null) {
            return isAssumed(before);
        }
        if (asked.size() >= MAX_DEPTH) {
            throw new TooHard("the schemas are too deep");
        }
        return answer(question, facts, schema);
    }

    /** A question that leads back to itself with no step into the value proves nothing: no validator comes to an end on it. */
    private boolean isAssumed(Asked question) {
        lowestAssumption = Math.min(lowestAssumption, question.place());
        return steps > question.steps();
    }

    /** The same of a part of the value: there the facts may be divided anew. */
    private boolean holdsInside(Facts facts, SchemaNode schema) {
        int outside = cases;
        cases = 0;
        steps++;
        try {
            return holds(facts, schema);
        } finally {
            cases = outside;
            steps--;
        }
    }

    private boolean answer(Meaning question, Facts facts, SchemaNode schema) {
        int place = asked.size();
        int provenBefore = provisional.size();
        int lowestBefore = lowestAssumption;
        lowestAssumption = Integer.MAX_VALUE;
        asked.put(question, new Asked(place, steps));
        boolean answer = false;
        try {
            answer = holdsAsOne(facts, schema) || holdsInCases(facts, schema);
        } finally {
            asked.remove(question);
            if (!answer) {
                // What was proven on the assumption that this holds is not.
                provisional.subList(provenBefore, provisional.size()).clear();
                lowestAssumption = lowestBefore;
            }
        }
        if (!answer) {
            answers.put(question, false);
            return false;
        }
        provisional.add(question);
        if (lowestAssumption >= place) {
            List<Meaning> proven = provisional.subList(provenBefore, provisional.size());
            proven.forEach(one -> answers.put(one, true));
            proven.clear();
            lowestAssumption = lowestBefore;
        } else {
            lowestAssumption = Math.min(lowestAssumption, lowestBefore);
        }
        return true;
    }

    private boolean holdsAsOne(Facts facts, SchemaNode schema) {
        if (isEmpty(facts)) {
            return true;
        }
        if (schema.isFalse) {
            return false;
        }
        List<JsonNode> values = values(facts);
        if (values != null && values.size() <= MAX_VALUES) {
            Boolean answer = holdsForEach(values, facts, schema);
            if (answer != null) {
                return answer;
            }
        }
        return schema.keywords.stream().allMatch(keyword -> holds(facts, schema, keyword));
    }

    /** The values that it can only be one of, the empty object and array among them; null: there is no such list. */
    private @Nullable List<JsonNode> values(Facts facts) {
        List<JsonNode> listed = facts.values();
        if (listed != null) {
            return listed;
        }
        List<JsonNode> values = new ArrayList<>();
        for (JsonKind kind : facts.kinds()) {
            switch (kind) {
                case NULL, BOOLEAN ->
                    Samples.KEYWORDS.stream()
                            .filter(value -> JsonKind.of(value) == kind)
                            .forEach(values::add);
                case OBJECT -> {
                    if (mostMembers(facts) > 0) {
                        return null;
                    }
                    values.add(JsonNodeFactory.instance.objectNode());
                }
                case ARRAY -> {
                    if (facts.maxItems() > 0) {
                        return null;
                    }
                    values.add(JsonNodeFactory.instance.arrayNode());
                }
                case INTEGER, FRACTION, STRING -> {
                    return null;
                }
            }
        }
        return values;
    }

    /** Null if that cannot be said. */
    private @Nullable Boolean holdsForEach(List<JsonNode> values, Facts facts, SchemaNode schema) {
        try {
            return values.stream().allMatch(value -> !isPossible(facts, value) || evaluator.accepts(schema, value));
        } catch (TooHard e) {
            giveUpIfSpent(e);
            return null;
        }
    }

    private void giveUpIfSpent(TooHard e) {
        if (effort.isSpent()) {
            throw e;
        }
    }

    /** Whether a value has all that is known. */
    boolean isPossible(Facts facts, JsonNode value) {
        return facts.kinds().contains(JsonKind.of(value))
                && evaluator.acceptsAll(facts.accepting(), value)
                && facts.refusing().stream().noneMatch(schema -> evaluator.accepts(schema, value));
    }

    private boolean holdsInCases(Facts facts, SchemaNode schema) {
        // What only refers asks what it refers to, which has been divided already.
        if (cases >= MAX_CASES || ONLY_OTHERS.containsAll(schema.keywords)) {
            return false;
        }
        cases++;
        try {
            return holdsIn(Cases.ofAlternatives(facts), schema)
                    || (hasAlternatives(schema)
                            && (holdsIn(Cases.ofKinds(facts), schema)
                                    || holdsIn(Cases.ofDiscriminators(facts), schema)));
        } finally {
            cases--;
        }
    }

    private boolean holdsIn(List<Facts> all, SchemaNode schema) {
        effort.step((long) all.size() * (1 + all.size() / 10));
        return !all.isEmpty() && all.stream().allMatch(one -> holds(one, schema));
    }

    private static boolean hasAlternatives(SchemaNode schema) {
        return schema.has(Keyword.ANY_OF)
                || schema.has(Keyword.ONE_OF)
                || schema.has(Keyword.CONDITIONAL)
                || schema.has(Keyword.NOT);
    }

    /** Whether the facts imply one condition of a schema. */
    boolean holds(Facts facts, SchemaNode schema, Keyword keyword) {
        return switch (keyword) {
            case TYPE -> schema.kinds.containsAll(facts.kinds());
            case VALUES, DYNAMIC -> false;
            case MINIMUM, MAXIMUM, MULTIPLE_OF -> !facts.mayBeNumber() || holdsForNumbers(facts, schema, keyword);
            case MIN_LENGTH, MAX_LENGTH, PATTERN, FORMAT ->
                !facts.mayBe(JsonKind.STRING) || holdsForTexts(facts, schema, keyword);
            case ITEMS, MIN_ITEMS, MAX_ITEMS, UNIQUE_ITEMS, CONTAINS, UNEVALUATED_ITEMS ->
                !facts.mayBe(JsonKind.ARRAY) || holdsForArrays(facts, schema, keyword);
            case MEMBERS,
                    REQUIRED,
                    MIN_PROPERTIES,
                    MAX_PROPERTIES,
                    PROPERTY_NAMES,
                    DEPENDENT_REQUIRED,
                    DEPENDENT_SCHEMAS,
                    UNEVALUATED_PROPERTIES -> !facts.mayBe(JsonKind.OBJECT) || holdsForObjects(facts, schema, keyword);
            case REF -> schema.ref == null || holds(facts, schema.ref);
            case ALL_OF -> schema.allOf.stream().allMatch(one -> holds(facts, one));
            case ANY_OF -> holdsForAny(facts, schema.anyOf);
            case ONE_OF -> holdsForOne(facts, schema.oneOf);
            case NOT -> schema.not == null || areDisjoint(facts, schema.not);
            case CONDITIONAL -> holdsConditionally(facts, schema);
        };
    }

    private boolean holdsForAny(Facts facts, List<SchemaNode> branches) {
        return branches.stream().anyMatch(facts::knowsAccepting)
                || likeliestFirst(facts, branches).stream().anyMatch(one -> holds(facts, one));
    }

    /** Alternatives that stand at a place of which something is known, in the order in which they are worth trying. */
    static List<SchemaNode> likeliestFirst(Facts facts, List<SchemaNode> branches) {
        if (branches.size() < 4) {
            return branches;
        }
        Set<String> places = new HashSet<>();
        facts.accepting().forEach(one -> places.add(one.place.toString()));
        List<SchemaNode> sorted = new ArrayList<>();
        List<SchemaNode> others = new ArrayList<>();
        for (SchemaNode branch : branches) {
            SchemaNode named = branch.ref == null ? branch : branch.ref;
            (places.contains(named.place.toString()) ? sorted : others).add(branch);
        }
        sorted.addAll(others);
        return sorted;
    }

    private boolean holdsForOne(Facts facts, List<SchemaNode> branches) {
        effort.step(branches.size());
        for (SchemaNode branch : likeliestFirst(facts, branches)) {
            if (holds(facts, branch)
                    && branches.stream().allMatch(other -> other == branch || areDisjoint(facts, other))) {
                return true;
            }
        }
        return false;
    }

    private boolean areDisjoint(Facts facts, SchemaNode schema) {
        return facts.knowsRefusing(schema)
                || isEmpty(facts.and(schema))
                || facts.refusing().stream().anyMatch(refusing -> holds(Facts.of(schema), refusing));
    }

    private boolean holdsConditionally(Facts facts, SchemaNode schema) {
        SchemaNode condition = schema.condition;
        return condition == null
                || ((schema.then == null || holds(facts.and(condition), schema.then))
                        && (schema.otherwise == null || holds(facts.andNot(List.of(condition)), schema.otherwise)));
    }

    private static boolean holdsForNumbers(Facts facts, SchemaNode schema, Keyword keyword) {
        boolean areWhole = !facts.mayBe(JsonKind.FRACTION);
        return switch (keyword) {
            case MINIMUM -> {
                BigDecimal bound = schema.minimum;
                yield bound == null
                        || facts.isAbove(bound, schema.excludesMinimum)
                        || (areWhole && facts.isAbove(wholeAbove(bound, schema.excludesMinimum), true));
            }
            case MAXIMUM -> {
                BigDecimal bound = schema.maximum;
                yield bound == null
                        || facts.isBelow(bound, schema.excludesMaximum)
                        || (areWhole
                                && facts.isBelow(
                                        wholeAbove(bound.negate(), schema.excludesMaximum)
                                                .negate(),
                                        true));
            }
            default -> {
                BigDecimal divisor = schema.multipleOf;
                yield divisor == null
                        || (areWhole && Evaluator.isMultiple(BigDecimal.ONE, divisor))
                        || facts.accepting().stream()
                                .anyMatch(
                                        one -> one.multipleOf != null && Evaluator.isMultiple(one.multipleOf, divisor));
            }
        };
    }

    /** The number of which a whole one need only be above to be above a bound: one less than the least that is. */
    private static BigDecimal wholeAbove(BigDecimal bound, boolean excludes) {
        // Written out, such a number would fill the memory; to be above it is enough.
        if (Math.abs((long) bound.scale()) > MAX_SCALE) {
            return bound;
        }
        BigDecimal least = excludes
                ? bound.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                : bound.setScale(0, RoundingMode.CEILING);
        return least.subtract(BigDecimal.ONE);
    }

    private boolean holdsForTexts(Facts facts, SchemaNode schema, Keyword keyword) {
        return switch (keyword) {
            case MIN_LENGTH ->
                facts.minLength() >= schema.minLength
                        || (schema.minLength <= MAX_SPELT_LENGTH && hasPattern(facts, atLeast(schema.minLength)));
            case MAX_LENGTH -> facts.maxLength() <= schema.maxLength;
            case PATTERN -> schema.pattern == null || hasPattern(facts, schema.pattern);
            default ->
                facts.accepting().stream().anyMatch(one -> one.format != null && one.format.equals(schema.format));
        };
    }

    /** An expression for texts of so many characters or more. */
    private static NamePattern atLeast(int length) {
        return new NamePattern("^(?:[^a]|a){" + length + ",}$");
    }

    private boolean hasPattern(Facts facts, NamePattern wanted) {
        return facts.accepting().stream()
                .map(one -> one.pattern)
                .anyMatch(known -> known != null
                        && (known.equals(wanted) || compare(known, wanted) instanceof PatternContainment.Contained));
    }

    /** Whether the outer expression is found wherever the inner one is. */
    PatternContainment compare(NamePattern inner, NamePattern outer) {
        Meaning pair = Meaning.of(inner.text()).then(Meaning.of(outer.text()));
        PatternContainment known = patterns.get(pair);
        if (known == null) {
            known = PatternContainment.of(inner, outer, effort);
            patterns.put(pair, known);
        }
        return known;
    }

    private boolean holdsForArrays(Facts facts, SchemaNode schema, Keyword keyword) {
        return switch (keyword) {
            case ITEMS -> holdsForItems(facts, schema.prefixItems, schema.items);
            case MIN_ITEMS -> facts.minItems() >= schema.minItems;
            case MAX_ITEMS -> facts.maxItems() <= schema.maxItems;
            case UNIQUE_ITEMS -> facts.areItemsDistinct();
            case CONTAINS -> holdsForContained(facts, schema);
            default ->
                inPlace(schema).stream()
                                .allMatch(one -> one.items == null
                                        && one.prefixItems.isEmpty()
                                        && one.contains == null
                                        && !one.takesAllItems)
                        && holdsForItems(facts, List.of(), schema.unevaluatedItems);
        };
    }

    private boolean holdsForItems(Facts facts, List<SchemaNode> prefix, @Nullable SchemaNode rest) {
        int places = Math.max(prefix.size(), facts.places());
        int last = Math.min(places, facts.maxItems() - 1);
        if (last > MAX_PLACES * MAX_PLACES) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            SchemaNode item = i < prefix.size() ? prefix.get(i) : rest;
            if (item != null && !holdsInside(facts.item(i), item)) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsForContained(Facts facts, SchemaNode schema) {
        SchemaNode contained = schema.contains;
        if (contained == null) {
            return true;
        }
        for (SchemaNode one : facts.accepting()) {
            if (one.contains != null
                    && one.contains.meaning.equals(contained.meaning)
                    && one.minContains >= schema.minContains
                    && one.maxContains <= schema.maxContains) {
                return true;
            }
        }
        if (facts.maxItems() > schema.maxContains) {
            return false;
        }
        int found = 0;
        for (int i = 0; i < Math.min(facts.minItems(), MAX_PLACES) && found < schema.minContains; i++) {
            found += holdsInside(facts.item(i), contained) ? 1 : 0;
        }
        return found >= schema.minContains;
    }

    private boolean holdsForObjects(Facts facts, SchemaNode schema, Keyword keyword) {
        return switch (keyword) {
            case MEMBERS -> holdsForMembers(facts, schema);
            case REQUIRED -> facts.required().containsAll(schema.required);
            case MIN_PROPERTIES -> facts.minProperties() >= schema.minProperties;
            case MAX_PROPERTIES -> mostMembers(facts) <= schema.maxProperties;
            case PROPERTY_NAMES -> schema.propertyNames == null || holdsForNames(facts, schema.propertyNames);
            case DEPENDENT_REQUIRED ->
                schema.dependentRequired.entrySet().stream()
                        .allMatch(entry -> isImpossible(facts, entry.getKey())
                                || facts.and(Cases.requiring(entry.getKey()))
                                        .required()
                                        .containsAll(entry.getValue()));
            case DEPENDENT_SCHEMAS ->
                schema.dependentSchemas.entrySet().stream()
                        .allMatch(entry -> isImpossible(facts, entry.getKey())
                                || holds(facts.and(Cases.requiring(entry.getKey())), entry.getValue()));
            default -> holdsForUnevaluated(facts, schema);
        };
    }

    private int mostMembers(Facts facts) {
        int most = facts.maxProperties();
        for (SchemaNode one : facts.accepting()) {
            if (isClosed(one)) {
                long possible = one.properties.keySet().stream()
                        .filter(name -> !isImpossible(facts, name))
                        .count();
                most = (int) Math.min(most, possible);
            }
        }
        return most;
    }

    private static boolean isClosed(SchemaNode schema) {
        return schema.additionalProperties != null
                && schema.additionalProperties.isFalse
                && schema.patternProperties.isEmpty();
    }

    private boolean holdsForNames(Facts facts, SchemaNode names) {
        for (SchemaNode one : facts.accepting()) {
            if (isClosed(one)) {
                return one.properties.keySet().stream()
                        .allMatch(name -> isImpossible(facts, name) || evaluator.accepts(names, Cases.text(name)));
            }
        }
        return holdsInside(names(facts), names);
    }

    /** What is known of the names of members. */
    static Facts names(Facts facts) {
        return Facts.ofAll(facts.accepting().stream()
                        .map(one -> one.propertyNames)
                        .filter(one -> one != null)
                        .toList())
                .onlyOf(JsonKind.STRING);
    }

    /** Whether no member may have that name. */
    boolean isImpossible(Facts facts, String name) {
        return isEmpty(facts.member(name)) || !evaluator.acceptsAll(names(facts).accepting(), Cases.text(name));
    }

    private boolean holdsForMembers(Facts facts, SchemaNode schema) {
        Set<String> names = new LinkedHashSet<>(facts.names());
        names.addAll(schema.properties.keySet());
        List<JsonNode> possible = names(facts).values();
        if (possible != null) {
            possible.forEach(name -> names.add(name.asString("")));
        }
        for (String name : names) {
            if (!holdsForMember(facts, schema, name)) {
                return false;
            }
        }
        return possible != null || holdsForOtherMembers(facts, schema);
    }

    boolean holdsForMember(Facts facts, SchemaNode schema, String name) {
        List<SchemaNode> wanted = Evaluator.ofMember(schema, name);
        if (wanted.isEmpty() || isImpossible(facts, name)) {
            return true;
        }
        Facts member = facts.member(name);
        boolean isGained = policy == CompatibilityPolicy.LENIENT
                && member.accepting().isEmpty()
                && schema.properties.containsKey(name);
        return isGained || wanted.stream().allMatch(one -> holdsInside(member, one));
    }

    /** Members by a name that no schema has: what an expression finds, and all others. */
    private boolean holdsForOtherMembers(Facts facts, SchemaNode schema) {
        for (SchemaNode.PatternMember wanted : schema.patternProperties) {
            if (!holdsForOthers(facts, wanted.pattern(), wanted.schema(), Set.of())) {
                return false;
            }
        }
        Set<NamePattern> taken = new HashSet<>();
        schema.patternProperties.forEach(member -> taken.add(member.pattern()));
        return schema.additionalProperties == null || holdsForOthers(facts, null, schema.additionalProperties, taken);
    }

    /**
     * @param pattern found in the names; null: any name
     * @param taken found in none of the names
     */
    private boolean holdsForOthers(
            Facts facts, @Nullable NamePattern pattern, SchemaNode wanted, Set<NamePattern> taken) {
        List<SchemaNode> certain = new ArrayList<>();
        List<SchemaNode> rest = new ArrayList<>();
        List<SchemaNode.PatternMember> possible = new ArrayList<>();
        boolean isTakenBySame = false;
        for (SchemaNode one : facts.accepting()) {
            if (one.patternProperties.isEmpty()) {
                addIfThere(certain, one.additionalProperties);
                continue;
            }
            addIfThere(rest, one.additionalProperties);
            for (SchemaNode.PatternMember member : one.patternProperties) {
                if (member.pattern().equals(pattern)) {
                    certain.add(member.schema());
                    isTakenBySame = true;
                } else if (!taken.contains(member.pattern())) {
                    possible.add(member);
                }
            }
        }
        if (holdsInside(Facts.ofAll(certain), wanted)) {
            return true;
        }
        List<SchemaNode> ofRest = new ArrayList<>(certain);
        if (!isTakenBySame) {
            ofRest.addAll(rest);
        }
        return holdsInside(Facts.ofAll(ofRest), wanted)
                && possible.stream().allMatch(member -> {
                    List<SchemaNode> found = new ArrayList<>(certain);
                    found.add(member.schema());
                    return holdsInside(Facts.ofAll(found), wanted);
                });
    }

    private static void addIfThere(List<SchemaNode> schemas, @Nullable SchemaNode schema) {
        if (schema != null) {
            schemas.add(schema);
        }
    }

    /** Like {@code additionalProperties} of all schemas in the same place together, if none of them is there in some cases only. */
    private boolean holdsForUnevaluated(Facts facts, SchemaNode schema) {
        List<SchemaNode> inPlace = inPlace(schema);
        if (inPlace.stream().anyMatch(Containment::looksInSomeCases)) {
            return false;
        }
        if (inPlace.stream()
                .anyMatch(one -> one.additionalProperties != null
                        || one.takesAllMembers
                        || (one != schema && one.unevaluatedProperties != null))) {
            return true;
        }
        SchemaNode whole = new SchemaNode(-1, schema.place);
        whole.keywords.add(Keyword.MEMBERS);
        whole.additionalProperties = schema.unevaluatedProperties;
        SchemaNode any = new SchemaNode(-1, schema.place);
        for (SchemaNode one : inPlace) {
            one.properties.keySet().forEach(name -> whole.properties.put(name, any));
            one.patternProperties.forEach(
                    member -> whole.patternProperties.add(new SchemaNode.PatternMember(member.pattern(), any)));
        }
        return holdsForMembers(facts, whole);
    }

    private static boolean looksInSomeCases(SchemaNode schema) {
        return !schema.anyOf.isEmpty()
                || !schema.oneOf.isEmpty()
                || schema.condition != null
                || !schema.dependentSchemas.isEmpty()
                || schema.has(Keyword.DYNAMIC);
    }

    private static List<SchemaNode> inPlace(SchemaNode schema) {
        return Facts.of(schema).accepting();
    }

    /** Whether no value has all that is known; false where that is not known. */
    boolean isEmpty(Facts facts) {
        if (facts.kinds().isEmpty()
                || facts.accepting().stream().anyMatch(one -> one.isFalse || facts.knowsRefusing(one))) {
            return true;
        }
        if (facts.accepting().isEmpty() && facts.refusing().isEmpty()) {
            return false;
        }
        Meaning key = facts.key();
        Boolean known = emptiness.get(key);
        if (known == null) {
            effort.step();
            // While it is being found out it is not known.
            emptiness.put(key, false);
            known = findEmpty(facts);
            emptiness.put(key, known);
        }
        return known;
    }

    private boolean findEmpty(Facts facts) {
        if (facts.refusing().stream().anyMatch(SchemaNode::isTrue)) {
            return true;
        }
        List<JsonNode> values = values(facts);
        if (values != null && values.size() <= MAX_VALUES) {
            try {
                return values.stream().noneMatch(value -> isPossible(facts, value));
            } catch (TooHard e) {
                giveUpIfSpent(e);
                return false;
            }
        }
        return facts.kinds().stream().allMatch(kind -> isEmptyOf(facts, kind));
    }

    private boolean isEmptyOf(Facts facts, JsonKind kind) {
        return switch (kind) {
            case NULL, BOOLEAN -> false;
            case INTEGER, FRACTION ->
                facts.accepting().stream()
                        .anyMatch(one -> one.maximum != null && facts.isAbove(one.maximum, !one.excludesMaximum));
            case STRING -> facts.minLength() > facts.maxLength();
            case ARRAY -> facts.minItems() > facts.maxItems() || hasImpossibleItem(facts);
            case OBJECT ->
                facts.minProperties() > mostMembers(facts)
                        || facts.required().stream().anyMatch(name -> isImpossible(facts, name));
        };
    }

    private boolean hasImpossibleItem(Facts facts) {
        for (int i = 0; i < Math.min(facts.minItems(), MAX_PLACES); i++) {
            if (isEmpty(facts.item(i))) {
                return true;
            }
        }
        return false;
    }
}
