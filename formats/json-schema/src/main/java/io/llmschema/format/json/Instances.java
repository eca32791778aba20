package io.llmschema.format.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes small values of which something is known, and values near the bounds of what a schema accepts. */
final class Instances {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How deep values are nested that are made. */
    private static final int MAX_DEPTH = 24;

    /** How many alternatives are tried one within another. */
    private static final int MAX_CASES = 4;

    /** The longest texts and arrays that are made. */
    private static final int MAX_LENGTH = 5_000;

    private static final int MAX_SAMPLES = 20;

    /** The most digits before or behind the point of numbers that are made. */
    private static final int MAX_SCALE = 1_000;

    private final Containment containment;
    private final Effort effort;

    Instances(Containment containment, Effort effort) {
        this.containment = containment;
        this.effort = effort;
    }

    /** A value of which that is known; null if none was found. */
    @Nullable
    JsonNode make(Facts facts) {
        return make(facts, MAX_DEPTH, MAX_CASES);
    }

    private @Nullable JsonNode make(Facts facts, int depth, int cases) {
        effort.step();
        if (depth == 0 || containment.isEmpty(facts)) {
            return null;
        }
        JsonNode simple = firstPossible(facts, simple(facts));
        if (simple != null) {
            return simple;
        }
        for (JsonKind kind :
                List.of(JsonKind.OBJECT, JsonKind.ARRAY, JsonKind.STRING, JsonKind.INTEGER, JsonKind.FRACTION)) {
            if (facts.mayBe(kind)) {
                JsonNode made = firstPossible(facts, ofKind(facts, kind, depth));
                if (made != null) {
                    return made;
                }
            }
        }
        if (cases > 0) {
            for (Facts one : Cases.ofAlternatives(facts)) {
                JsonNode made = make(one, depth, cases - 1);
                if (made != null && isPossible(facts, made)) {
                    return made;
                }
            }
        }
        return null;
    }

    private @Nullable JsonNode firstPossible(Facts facts, Stream<JsonNode> values) {
        return values.filter(value -> isPossible(facts, value)).findFirst().orElse(null);
    }

    /** Whether a value certainly has all that is known. */
    boolean isPossible(Facts facts, JsonNode value) {
        try {
            return containment.isPossible(facts, value);
        } catch (TooHard e) {
            if (effort.isSpent()) {
                throw e;
            }
            return false;
        }
    }

    private static Stream<JsonNode> simple(Facts facts) {
        List<JsonNode> values = facts.values();
        Stream<JsonNode> samples = facts.accepting().stream()
                .flatMap(schema -> schema.samples.stream())
                .limit(MAX_SAMPLES);
        return values == null
                ? Stream.concat(Samples.OF_EVERY_KIND.stream(), samples)
                : values.stream().limit(1_000);
    }

    private Stream<JsonNode> ofKind(Facts facts, JsonKind kind, int depth) {
        return switch (kind) {
            case NULL, BOOLEAN -> Stream.empty();
            case INTEGER, FRACTION -> numbersNear(facts.accepting());
            case STRING -> texts(facts);
            case ARRAY ->
                Stream.of(facts.minItems())
                        .map(size -> array(facts, size, Map.of(), depth))
                        .filter(made -> made != null);
            case OBJECT ->
                Stream.of(true)
                        .map(_ -> object(facts, Map.of(), Set.of(), depth))
                        .filter(made -> made != null);
        };
    }

    /** Numbers at the bounds of schemas, and beside them. */
    static Stream<JsonNode> numbersNear(List<SchemaNode> schemas) {
        Set<BigDecimal> numbers = new LinkedHashSet<>();
        BigDecimal half = new BigDecimal("0.5");
        for (SchemaNode schema : schemas) {
            Stream.of(schema.minimum, schema.maximum, schema.multipleOf)
                    .filter(number -> number != null && isShort(number))
                    .forEach(number -> {
                        numbers.add(number);
                        numbers.add(number.add(BigDecimal.ONE));
                        numbers.add(number.subtract(BigDecimal.ONE));
                        numbers.add(number.add(half));
                        numbers.add(number.subtract(half));
                        numbers.add(number.negate());
                        numbers.add(number.add(number));
                    });
            if (schema.multipleOf != null
                    && schema.minimum != null
                    && schema.multipleOf.signum() != 0
                    && isShort(schema.multipleOf)
                    && isShort(schema.minimum)) {
                numbers.add(schema.minimum
                        .divide(schema.multipleOf, 0, java.math.RoundingMode.CEILING)
                        .multiply(schema.multipleOf));
            }
        }
        return numbers.stream()
                .map(number ->
                        number.signum() == 0 || number.stripTrailingZeros().scale() <= 0
                                ? JSON.numberNode(number.toBigInteger())
                                : JSON.numberNode(number));
    }

    /** Whether a number can be written out. */
    private static boolean isShort(BigDecimal number) {
        return Math.abs((long) number.scale()) < MAX_SCALE;
    }

    private static Stream<JsonNode> texts(Facts facts) {
        Stream<String> texts = Stream.of(
                        facts.accepting().stream()
                                .filter(schema -> schema.format != null)
                                .map(schema -> Formats.example(schema.format)),
                        facts.accepting().stream()
                                .filter(schema -> schema.pattern != null)
                                .flatMap(schema -> PatternSample.of(schema.pattern).stream()),
                        Samples.TEXTS.stream())
                .flatMap(one -> one);
        int least = Math.min(facts.minLength(), MAX_LENGTH);
        return texts.flatMap(text -> text.length() < least
                        ? Stream.of(text + "a".repeat(least - text.length()), text + "0".repeat(least - text.length()))
                        : Stream.of(text))
                .map(Cases::text);
    }

    /**
     * An array of that size of which as much is known as can be seen to.
     *
     * @param fixed the items of some places
     */
    @Nullable
    JsonNode array(Facts facts, int size, Map<Integer, JsonNode> fixed, int depth) {
        if (size > MAX_LENGTH) {
            return null;
        }
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode item = fixed.get(i);
            if (item == null) {
                item = distinct(facts, i, array, depth);
            }
            if (item == null) {
                return null;
            }
            array.add(item);
        }
        return array;
    }

    private @Nullable JsonNode distinct(Facts facts, int index, ArrayNode before, int depth) {
        Facts item = facts.item(index);
        for (SchemaNode schema : facts.accepting()) {
            if (schema.contains != null && index < schema.minContains) {
                item = item.and(schema.contains);
            }
        }
        if (!facts.areItemsDistinct() || index == 0) {
            return make(item, depth - 1, MAX_CASES);
        }
        List<JsonNode> values = item.values();
        Stream<JsonNode> candidates = values != null
                ? values.stream()
                : Stream.concat(
                        Stream.of(Cases.text("item-" + index), JSON.numberNode((long) index + 10)),
                        Stream.concat(Samples.OF_EVERY_KIND.stream(), texts(item)));
        Facts wanted = item;
        return candidates
                .filter(value -> isPossible(wanted, value))
                .filter(value -> before.values().stream().noneMatch(other -> JsonValues.equal(other, value)))
                .findFirst()
                .orElseGet(() -> make(wanted, depth - 1, MAX_CASES));
    }

    /** Objects with some members given, of which as much is known as can be seen to; none if none was found. */
    List<JsonNode> objects(Facts facts, Map<String, JsonNode> fixed, Set<String> absent) {
        List<JsonNode> made = new ArrayList<>();
        addObject(made, facts, fixed, absent, MAX_CASES);
        return made;
    }

    private void addObject(
            List<JsonNode> made, Facts facts, Map<String, JsonNode> fixed, Set<String> absent, int cases) {
        effort.step();
        if (containment.isEmpty(facts)) {
            return;
        }
        for (SchemaNode schema : facts.accepting()) {
            schema.samples.stream().limit(2).filter(JsonNode::isObject).forEach(sample -> {
                ObjectNode changed = ((ObjectNode) sample).deepCopy();
                fixed.forEach(changed::set);
                absent.forEach(changed::remove);
                made.add(changed);
            });
        }
        JsonNode object = object(facts, fixed, absent, MAX_DEPTH - 4);
        if (object != null) {
            made.add(object);
            if (isPossible(facts, object)) {
                return;
            }
        }
        if (cases > 0) {
            Cases.ofAlternatives(facts).forEach(one -> addObject(made, one, fixed, absent, cases - 1));
        }
    }

    private @Nullable JsonNode object(Facts facts, Map<String, JsonNode> fixed, Set<String> absent, int depth) {
        Facts all = facts;
        for (String name : fixed.keySet()) {
            all = all.and(Cases.requiring(name));
        }
        Map<String, JsonNode> members = new LinkedHashMap<>(fixed);
        for (String name : all.required()) {
            if (!members.containsKey(name) && !absent.contains(name)) {
                JsonNode member = make(all.member(name), depth - 1, MAX_CASES);
                if (member == null) {
                    return null;
                }
                members.put(name, member);
            }
        }
        fillUp(all, members, absent, depth);
        ObjectNode object = JSON.objectNode();
        members.forEach(object::set);
        return object;
    }

    private void fillUp(Facts facts, Map<String, JsonNode> members, Set<String> absent, int depth) {
        int least = Math.min(facts.minProperties(), MAX_LENGTH);
        if (members.size() >= least) {
            return;
        }
        List<String> names = new ArrayList<>(facts.names());
        names.addAll(freshNames(facts.accepting()));
        for (int i = 0; i < least; i++) {
            names.add("x" + i);
        }
        for (String name : names) {
            if (members.size() < least && !members.containsKey(name) && !absent.contains(name)) {
                JsonNode member = make(facts.member(name), depth - 1, MAX_CASES);
                if (member != null && !containment.isImpossible(facts, name)) {
                    members.put(name, member);
                }
            }
        }
    }

    /** Names that schemas may say something about without writing them out: one of each expression, and some more. */
    static List<String> freshNames(List<SchemaNode> schemas) {
        Set<String> names = new LinkedHashSet<>();
        for (SchemaNode schema : schemas) {
            schema.patternProperties.forEach(
                    member -> PatternSample.of(member.pattern()).ifPresent(names::add));
            if (schema.propertyNames != null) {
                for (SchemaNode one : Facts.of(schema.propertyNames).accepting()) {
                    if (one.pattern != null) {
                        PatternSample.of(one.pattern).ifPresent(names::add);
                    }
                    if (one.values != null) {
                        one.values.forEach(value -> names.add(value.asString("")));
                    }
                }
            }
        }
        names.addAll(List.of("extra", "x", "a", "0", "A", "x-extra", "$x", "a/b", "_", ""));
        return List.copyOf(names);
    }
}
