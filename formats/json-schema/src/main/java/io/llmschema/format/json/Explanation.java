package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds out why something was not proven: which conditions, and values that do not meet them. */
final class Explanation {
    /** The most findings of one place. */
    private static final int MAX_FINDINGS = 100;

    /** The largest numbers of members, items or characters that are tried to be more than a bound. */
    private static final int MAX_SIZE = 2_000;

    private static final int MAX_CASES = 3;

    /** The most alternatives that are asked why they do not hold. */
    private static final int MAX_BRANCHES = 20;

    /** What one proof may cost that is tried on the way. */
    private static final long MAX_STEPS = 150_000;

    private final Containment containment;
    private final Evaluator evaluator;
    private final Instances instances;
    private final Effort effort;
    private final Map<Meaning, List<Finding>> found = new HashMap<>();
    private int cases;

    Explanation(Containment containment, Evaluator evaluator, Instances instances, Effort effort) {
        this.containment = containment;
        this.evaluator = evaluator;
        this.instances = instances;
        this.effort = effort;
    }

    /** Why it was not proven that the schema accepts all values of which that is known. */
    List<Finding> explain(Facts facts, SchemaNode schema, Pointer writer) {
        Meaning question = facts.key().then(schema.meaning);
        List<Finding> known = found.get(question);
        if (known != null) {
            return known;
        }
        found.put(question, List.of());
        List<Finding> findings =
                find(facts, schema, writer).stream().limit(MAX_FINDINGS).toList();
        found.put(question, findings);
        return findings;
    }

    private List<Finding> find(Facts facts, SchemaNode schema, Pointer writer) {
        effort.step();
        if (schema.isFalse) {
            return List.of(new Finding(
                    Finding.NOTHING_ACCEPTED,
                    "nothing is accepted here any more",
                    schema.place,
                    writer,
                    candidates(facts)
                            .filter(value -> instances.isPossible(facts, value))
                            .limit(Finding.MAX_WITNESSES)
                            .toList()));
        }
        List<Finding> findings = new ArrayList<>();
        for (Keyword keyword : schema.keywords) {
            if (!isProven(facts, schema, keyword)) {
                findings.addAll(tryExplain(facts, schema, keyword, writer));
            }
        }
        boolean isShown = findings.stream().anyMatch(one -> !one.witnesses().isEmpty());
        return isShown || cases >= MAX_CASES ? findings : inCases(facts, schema, writer, findings);
    }

    private boolean isProven(Facts facts, SchemaNode schema, Keyword keyword) {
        return effort.within(MAX_STEPS, () -> containment.holds(facts, schema, keyword));
    }

    private boolean isProven(Facts facts, SchemaNode schema) {
        return effort.within(MAX_STEPS, () -> containment.holds(facts, schema));
    }

    /** What was found before the steps ran out is kept. */
    private List<Finding> tryExplain(Facts facts, SchemaNode schema, Keyword keyword, Pointer writer) {
        try {
            return explain(facts, schema, keyword, writer);
        } catch (TooHard e) {
            return List.of(
                    new Finding(keyword.rule(), e.reason(), schema.place.child(keyword.word()), writer, List.of()));
        }
    }

    private List<Finding> inCases(Facts facts, SchemaNode schema, Pointer writer, List<Finding> undivided) {
        List<Facts> all = Cases.ofAlternatives(facts);
        if (all.isEmpty()) {
            all = Cases.ofDiscriminators(facts);
        }
        cases++;
        try {
            List<Finding> findings = new ArrayList<>();
            for (Facts one : all) {
                if (!isProven(one, schema)) {
                    findings.addAll(explain(one, schema, writer));
                }
            }
            return findings.isEmpty() ? undivided : findings;
        } finally {
            cases--;
        }
    }

    private List<Finding> explain(Facts facts, SchemaNode schema, Keyword keyword, Pointer writer) {
        return switch (keyword) {
            case REF -> schema.ref == null ? List.of() : explain(facts, schema.ref, writer);
            case ALL_OF ->
                schema.allOf.stream()
                        .filter(one -> !isProven(facts, one))
                        .flatMap(one -> explain(facts, one, writer).stream())
                        .toList();
            case ANY_OF -> ofBranches(facts, schema, keyword, schema.anyOf, writer);
            case ONE_OF -> ofBranches(facts, schema, keyword, schema.oneOf, writer);
            case MEMBERS, UNEVALUATED_PROPERTIES -> ofMembers(facts, schema, keyword, writer);
            case ITEMS -> ofItems(facts, schema, writer);
            case DEPENDENT_SCHEMAS ->
                schema.dependentSchemas.entrySet().stream()
                        .flatMap(
                                entry -> within(
                                        facts.and(Cases.requiring(entry.getKey())),
                                        entry.getValue(),
                                        schema,
                                        keyword,
                                        writer)
                                        .stream())
                        .toList();
            case CONDITIONAL -> ofCondition(facts, schema, writer);
            default ->
                List.of(leaf(
                        facts,
                        schema,
                        keyword,
                        schema.place.child(keyword.word()),
                        writer,
                        Sentences.of(facts, schema, keyword),
                        Stream.concat(against(facts, schema, keyword), candidates(facts))));
        };
    }

    /** What is found inside, as far as it shows that the whole is refused. */
    private List<Finding> within(Facts facts, SchemaNode inner, SchemaNode schema, Keyword keyword, Pointer writer) {
        if (isProven(facts, inner)) {
            return List.of();
        }
        return explain(facts, inner, writer).stream()
                .map(one -> one.with(refused(facts, schema, keyword, one.witnesses().stream())))
                .toList();
    }

    private List<Finding> ofCondition(Facts facts, SchemaNode schema, Pointer writer) {
        List<Finding> findings = new ArrayList<>();
        SchemaNode condition = schema.condition;
        if (condition != null && schema.then != null) {
            findings.addAll(within(facts.and(condition), schema.then, schema, Keyword.CONDITIONAL, writer));
        }
        if (condition != null && schema.otherwise != null) {
            findings.addAll(
                    within(facts.andNot(List.of(condition)), schema.otherwise, schema, Keyword.CONDITIONAL, writer));
        }
        return findings;
    }

    private Finding leaf(
            Facts facts,
            SchemaNode schema,
            Keyword keyword,
            Pointer reader,
            Pointer writer,
            String message,
            Stream<JsonNode> candidates) {
        return new Finding(keyword.rule(), message, reader, writer, refused(facts, schema, keyword, candidates));
    }

    /** Those of the values that have all that is known, and do not meet the condition. */
    private List<JsonNode> refused(Facts facts, SchemaNode schema, Keyword keyword, Stream<JsonNode> values) {
        return values.filter(value -> instances.isPossible(facts, value))
                .filter(value -> isRefused(schema, keyword, value))
                .limit(Finding.MAX_WITNESSES)
                .toList();
    }

    private boolean isRefused(SchemaNode schema, Keyword keyword, JsonNode value) {
        try {
            return schema.isFalse || !evaluator.accepts(schema, keyword, value);
        } catch (TooHard e) {
            if (effort.isSpent()) {
                throw e;
            }
            // The validator will say.
            return true;
        }
    }

    /** Values of which that is known, whatever they are. */
    private Stream<JsonNode> candidates(Facts facts) {
        Stream<Facts> divided = Stream.of(
                        Stream.of(facts), Cases.ofKinds(facts).stream(), Cases.ofAlternatives(facts).stream())
                .flatMap(one -> one);
        List<JsonNode> values = facts.values();
        return Stream.of(
                        values == null ? Stream.<JsonNode>empty() : values.stream(),
                        divided.map(instances::make)
                                .filter(value -> value != null)
                                .map(Explanation::present),
                        Samples.OF_EVERY_KIND.stream(),
                        facts.accepting().stream().flatMap(one -> one.samples.stream()))
                .flatMap(one -> one);
    }

    private Stream<JsonNode> madeOf(Facts facts) {
        return Stream.ofNullable(instances.make(facts));
    }

    /** Values that two of the alternatives accept. */
    private Stream<JsonNode> ofTwo(Facts facts, List<SchemaNode> branches) {
        List<SchemaNode> some = branches.stream().limit(MAX_BRANCHES).toList();
        return some.stream()
                .flatMap(one -> some.stream()
                        .filter(other -> other.id > one.id)
                        .flatMap(other -> madeOf(facts.and(one).and(other))));
    }

    private static JsonNode present(@Nullable JsonNode value) {
        if (value == null) {
            throw new IllegalStateException("it was filtered");
        }
        return value;
    }

    /** Values that are likely not to meet a condition. */
    private Stream<JsonNode> against(Facts facts, SchemaNode schema, Keyword keyword) {
        List<SchemaNode> all = new ArrayList<>(facts.accepting());
        all.add(schema);
        return switch (keyword) {
            case TYPE ->
                facts.kinds().stream()
                        .filter(kind -> !schema.kinds.contains(kind))
                        .map(kind -> instances.make(facts.onlyOf(kind)))
                        .filter(value -> value != null)
                        .map(Explanation::present);
            case MINIMUM, MAXIMUM, MULTIPLE_OF -> Instances.numbersNear(all);
            case MIN_LENGTH, MAX_LENGTH, PATTERN, FORMAT, VALUES -> texts(facts, schema);
            case MIN_ITEMS -> arrays(facts, IntStream.of(facts.minItems(), schema.minItems - 1));
            case MAX_ITEMS -> arrays(facts, IntStream.of(schema.maxItems + 1));
            case UNIQUE_ITEMS -> repeated(facts);
            case CONTAINS, UNEVALUATED_ITEMS -> arrays(facts, IntStream.of(facts.minItems(), 1, 2, 3));
            case REQUIRED ->
                schema.required.stream()
                        .filter(name -> !facts.required().contains(name))
                        .flatMap(name -> instances.objects(facts, Map.of(), Set.of(name)).stream());
            case MIN_PROPERTIES -> instances.objects(facts, Map.of(), Set.of()).stream();
            case MAX_PROPERTIES -> larger(facts, schema.maxProperties + 1);
            case PROPERTY_NAMES, DEPENDENT_REQUIRED -> objectsWithEach(facts, schema);
            case NOT ->
                Stream.concat(
                        Stream.ofNullable(schema.not).flatMap(excluded -> madeOf(facts.and(excluded))),
                        objectsWithEach(facts, schema));
            default -> Stream.empty();
        };
    }

    private Stream<JsonNode> texts(Facts facts, SchemaNode schema) {
        return Stream.of(
                        refuting(facts, schema),
                        Stream.of(facts.minLength(), schema.minLength - 1, schema.maxLength + 1, facts.maxLength())
                                .filter(length -> length >= 0 && length <= MAX_SIZE)
                                .map("a"::repeat),
                        facts.accepting().stream()
                                .filter(one -> one.pattern != null)
                                .flatMap(one -> PatternSample.several(one.pattern).stream()),
                        Samples.TEXTS.stream(),
                        Stream.of("no-such-value", Formats.NONE))
                .flatMap(one -> one)
                .map(Cases::text);
    }

    /** Texts that have a pattern of the facts, and not that of the schema. */
    private Stream<String> refuting(Facts facts, SchemaNode schema) {
        NamePattern outer = schema.pattern;
        return outer == null
                ? Stream.empty()
                : facts.accepting().stream()
                        .flatMap(one -> one.pattern != null
                                        && containment.compare(one.pattern, outer)
                                                instanceof PatternContainment.Refuted(String text)
                                ? Stream.of(text)
                                : Stream.empty());
    }

    private Stream<JsonNode> arrays(Facts facts, IntStream sizes) {
        return sizes.filter(size -> size >= 0 && size <= MAX_SIZE)
                .mapToObj(size -> instances.array(facts, size, Map.of(), 10))
                .filter(array -> array != null)
                .map(Explanation::present);
    }

    private Stream<JsonNode> repeated(Facts facts) {
        JsonNode item = instances.make(facts.item(0));
        int size = Math.max(2, facts.minItems());
        if (item == null || size > MAX_SIZE) {
            return Stream.empty();
        }
        Map<Integer, JsonNode> same = IntStream.range(0, size).boxed().collect(Collectors.toMap(i -> i, _ -> item));
        return Stream.ofNullable(instances.array(facts, size, same, 10));
    }

    private Stream<JsonNode> larger(Facts facts, int size) {
        if (size > MAX_SIZE) {
            return Stream.empty();
        }
        Map<String, JsonNode> members = new HashMap<>();
        Stream.concat(
                        facts.names().stream(),
                        Stream.concat(
                                Instances.freshNames(facts.accepting()).stream(),
                                IntStream.range(0, size).mapToObj(i -> "x" + i)))
                .filter(name -> !containment.isImpossible(facts, name))
                .limit(size)
                .forEach(name -> {
                    JsonNode member = instances.make(facts.member(name));
                    if (member != null) {
                        members.put(name, member);
                    }
                });
        return instances.objects(facts, members, Set.of()).stream();
    }

    private Stream<JsonNode> objectsWithEach(Facts facts, SchemaNode schema) {
        List<SchemaNode> all = new ArrayList<>(facts.accepting());
        all.add(schema);
        Set<String> names = new LinkedHashSet<>(facts.names());
        names.addAll(schema.dependentRequired.keySet());
        names.addAll(Instances.freshNames(all));
        return facts.mayBe(JsonKind.OBJECT)
                ? names.stream().flatMap(name -> objectsWith(facts, name, instances.make(facts.member(name))))
                : Stream.empty();
    }

    private Stream<JsonNode> objectsWith(Facts facts, String name, @Nullable JsonNode member) {
        return member == null ? Stream.empty() : instances.objects(facts, Map.of(name, member), Set.of()).stream();
    }

    /** What is refused by all branches, told by the branch that comes nearest, or by more than one. */
    private List<Finding> ofBranches(
            Facts facts, SchemaNode schema, Keyword keyword, List<SchemaNode> branches, Pointer writer) {
        List<JsonNode> all = new ArrayList<>();
        List<Finding> nearest = List.of();
        for (SchemaNode branch : Containment.likeliestFirst(facts, branches).stream()
                .limit(MAX_BRANCHES)
                .toList()) {
            if (isProven(facts, branch)) {
                continue;
            }
            List<Finding> findings = explain(facts, branch, writer);
            findings.forEach(one -> all.addAll(one.witnesses()));
            List<Finding> shown = findings.stream()
                    .map(one -> one.with(refused(facts, schema, keyword, one.witnesses().stream())))
                    .filter(one -> !one.witnesses().isEmpty())
                    .toList();
            boolean isNearer = nearest.isEmpty() || shown.size() < nearest.size();
            nearest = !shown.isEmpty() && isNearer && !isAboutKind(shown) ? shown : nearest;
        }
        if (!nearest.isEmpty()) {
            return nearest;
        }
        return List.of(leaf(
                facts,
                schema,
                keyword,
                schema.place.child(keyword.word()),
                writer,
                Sentences.of(facts, schema, keyword),
                Stream.of(all.stream(), candidates(facts), ofTwo(facts, schema.oneOf))
                        .flatMap(one -> one)));
    }

    private static boolean isAboutKind(List<Finding> findings) {
        return findings.stream().anyMatch(one -> one.rule().equals(Keyword.TYPE.rule()));
    }

    private List<Finding> ofMembers(Facts facts, SchemaNode schema, Keyword keyword, Pointer writer) {
        List<SchemaNode> all = new ArrayList<>(facts.accepting());
        all.add(schema);
        Set<String> names = new LinkedHashSet<>(facts.names());
        names.addAll(schema.properties.keySet());
        List<Finding> findings = new ArrayList<>();
        for (String name : names) {
            findings.addAll(ofMember(facts, schema, keyword, name, writer));
        }
        if (findings.stream().allMatch(one -> one.witnesses().isEmpty())) {
            // One of the names that nobody has written out.
            for (String name : Instances.freshNames(all)) {
                if (!names.contains(name)
                        && findings.stream().allMatch(one -> one.witnesses().isEmpty())) {
                    findings.addAll(ofMember(facts, schema, keyword, name, writer));
                }
            }
        }
        if (findings.isEmpty()) {
            findings.add(leaf(
                    facts,
                    schema,
                    keyword,
                    schema.place.child(keyword.word()),
                    writer,
                    Sentences.of(facts, schema, keyword),
                    objectsWithEach(facts, schema)));
        }
        return findings;
    }

    private List<Finding> ofMember(Facts facts, SchemaNode schema, Keyword keyword, String name, Pointer writer) {
        if ((keyword == Keyword.MEMBERS
                        && effort.within(MAX_STEPS, () -> containment.holdsForMember(facts, schema, name)))
                || containment.isImpossible(facts, name)) {
            return List.of();
        }
        Facts member = facts.member(name);
        Pointer place =
                member.accepting().stream().findFirst().map(one -> one.place).orElse(writer);
        List<Finding> findings = new ArrayList<>();
        List<SchemaNode> wanted = new ArrayList<>(Evaluator.ofMember(schema, name));
        if (keyword == Keyword.UNEVALUATED_PROPERTIES && schema.unevaluatedProperties != null) {
            wanted.add(schema.unevaluatedProperties);
        }
        for (SchemaNode one : wanted) {
            if (isProven(member, one)) {
                continue;
            }
            for (Finding finding : explain(member, one, place)) {
                Stream<JsonNode> objects =
                        finding.witnesses().stream().flatMap(value -> objectsWith(facts, name, value));
                Finding wrapped = finding.with(refused(facts, schema, keyword, objects));
                findings.add(Sentences.ofMember(wrapped, name, schema, member));
            }
        }
        return findings;
    }

    private List<Finding> ofItems(Facts facts, SchemaNode schema, Pointer writer) {
        List<Finding> findings = new ArrayList<>();
        int places = Math.max(schema.prefixItems.size(), facts.places());
        for (int i = 0; i <= Math.min(places, facts.maxItems() - 1); i++) {
            SchemaNode wanted = i < schema.prefixItems.size() ? schema.prefixItems.get(i) : schema.items;
            Facts item = facts.item(i);
            if (wanted == null || isProven(item, wanted)) {
                continue;
            }
            int place = i;
            Pointer itemPlace =
                    item.accepting().stream().findFirst().map(one -> one.place).orElse(writer);
            for (Finding finding : explain(item, wanted, itemPlace)) {
                int size = Math.max(place + 1, facts.minItems());
                Stream<JsonNode> arrays = size > MAX_SIZE
                        ? Stream.empty()
                        : finding.witnesses().stream()
                                .flatMap(value ->
                                        Stream.ofNullable(instances.array(facts, size, Map.of(place, value), 10)));
                findings.add(finding.with(refused(facts, schema, Keyword.ITEMS, arrays)));
            }
        }
        return findings;
    }
}
