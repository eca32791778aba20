package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Nature;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random schemas and edits of them: what is called words and order is that, and what is called no change is none. */
class SchemaChangesPropertyTest {
    private static final int PAIRS = Integer.getInteger("pairs", 1_500);

    private static final List<String> WORDS = List.of("title", "description", "$comment");

    private final JsonSchemaFormat format = new JsonSchemaFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int compared;

    @ParameterizedTest
    @EnumSource(Draft.class)
    void changes_ofRandomPairs_agreeWithTheForms(Draft draft) {
        RandomJson json = new RandomJson(random, draft);
        for (int i = 0; i < PAIRS; i++) {
            ObjectNode before = named(draft, json.schema());
            ObjectNode after = named(draft, json.changed(before));
            Optional<ParsedSchema> parsedBefore = parsed(before);
            Optional<ParsedSchema> parsedAfter = parsed(after);
            if (parsedBefore.isPresent() && parsedAfter.isPresent()) {
                check(before, parsedBefore.get(), after, parsedAfter.get());
            }
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Draft.class)
    void changes_ofOrderOnly_areOrder(Draft draft) {
        RandomJson json = new RandomJson(random, draft);
        for (int i = 0; i < PAIRS; i++) {
            ObjectNode before = named(draft, json.schema());
            if (parsed(before).isEmpty()) {
                continue;
            }
            ObjectNode after =
                    (ObjectNode) shuffled(before, ParsedJsonSchema.orderlessArrays(SchemaDocument.read(before)));
            List<SchemaChange> changes = format.changes(source(before), source(after));

            assertThat(changes).as(pair(before, after)).allMatch(change -> change.nature() == Nature.ORDER);
            check(before, parsed(before).orElseThrow(), after, parsed(after).orElseThrow());
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Draft.class)
    void changes_ofWordsOnly_areWordsAndCompatible(Draft draft) {
        RandomJson json = new RandomJson(random, draft);
        for (int i = 0; i < PAIRS; i++) {
            ObjectNode before = named(draft, json.schema());
            if (parsed(before).isEmpty()) {
                continue;
            }
            ObjectNode after = before.deepCopy();
            SchemaDocument.read(after).sites().forEach(this::addWords);
            List<SchemaChange> changes = format.changes(source(before), source(after));

            assertThat(changes).as(pair(before, after)).allMatch(change -> change.nature() == Nature.WORDS);
            check(before, parsed(before).orElseThrow(), after, parsed(after).orElseThrow());
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Draft.class)
    void wordlessForm_ofOtherWords_isTheSame(Draft draft) {
        RandomJson json = new RandomJson(random, draft);
        for (int i = 0; i < PAIRS; i++) {
            ObjectNode before = named(draft, json.schema());
            SchemaDocument.read(before).sites().forEach(this::addWords);
            if (parsed(before).isEmpty()) {
                continue;
            }
            ObjectNode after = before.deepCopy();
            SchemaDocument.read(after).sites().forEach(this::changeWords);

            assertThat(parsed(after).orElseThrow().wordlessForm())
                    .as(pair(before, after))
                    .isPresent()
                    .isEqualTo(parsed(before).orElseThrow().wordlessForm());
            check(before, parsed(before).orElseThrow(), after, parsed(after).orElseThrow());
        }
        assertThat(compared).isPositive();
    }

    private void check(ObjectNode before, ParsedSchema parsedBefore, ObjectNode after, ParsedSchema parsedAfter) {
        String pair = pair(before, after);
        compared++;
        List<SchemaChange> changes = format.changes(source(before), source(after));

        assertThat(changes.isEmpty())
                .as(pair)
                .isEqualTo(parsedBefore.canonicalForm().equals(parsedAfter.canonicalForm()));
        assertThat(changes.stream().allMatch(change -> change.nature() == Nature.ORDER))
                .as("%s, changes %s", pair, changes)
                .isEqualTo(parsedBefore.unorderedForm().equals(parsedAfter.unorderedForm()));
        boolean isWordless = parsedBefore.wordlessForm().isPresent()
                && parsedBefore.wordlessForm().equals(parsedAfter.wordlessForm());
        assertThat(!isWordless || changes.stream().allMatch(change -> change.nature() == Nature.WORDS))
                .as("%s, changes %s", pair, changes)
                .isTrue();
        if (isWordless || changes.stream().noneMatch(change -> change.nature() == Nature.MEANING)) {
            assertThat(format.judge(source(before), source(after), CompatibilityPolicy.STRICT)
                            .verdict())
                    .as(pair)
                    .isEqualTo(Verdict.COMPATIBLE);
            assertThat(format.judge(source(after), source(before), CompatibilityPolicy.STRICT)
                            .verdict())
                    .as(pair)
                    .isEqualTo(Verdict.COMPATIBLE);
        }
    }

    private String pair(JsonNode before, JsonNode after) {
        return "seed %d, before %s, after %s".formatted(seed, before, after);
    }

    private void addWords(Site site) {
        if (random.nextInt(3) == 0) {
            site.schema().put(WORDS.get(random.nextInt(WORDS.size())), "text " + random.nextInt(100));
        }
    }

    private void changeWords(Site site) {
        for (String word : WORDS) {
            if (site.schema().path(word).isString()) {
                site.schema().put(word, "text " + random.nextInt(100));
            }
        }
    }

    /** With every object's names in another order, and every set's elements. */
    private JsonNode shuffled(JsonNode value, Set<JsonNode> sets) {
        if (value instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
            Collections.shuffle(members, random);
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            members.forEach(member -> copy.set(member.getKey(), shuffled(member.getValue(), sets)));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(shuffled(element, sets)));
            return sets.contains(array) ? turned(copy) : copy;
        }
        return value;
    }

    private static ArrayNode turned(ArrayNode array) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> copy.insert(0, element));
        return copy;
    }

    private Optional<ParsedSchema> parsed(ObjectNode schema) {
        return format.parse(SchemaContent.of(schema.toString()), List.of()) instanceof ParseOutcome.Parsed parsed
                ? Optional.of(parsed.schema())
                : Optional.empty();
    }

    private static ObjectNode named(Draft draft, ObjectNode schema) {
        return schema.put("$schema", LibraryDialects.of(draft).getId());
    }

    private static SchemaSource source(ObjectNode schema) {
        return new SchemaSource(SchemaContent.of(schema.toString()), List.of());
    }
}
