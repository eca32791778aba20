package io.llmschema.format.avro;

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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is said of two schemas agrees with their canonical forms, and with the judgement. The seed is given with {@code -Dseed}. */
class RandomChangesTest {
    private static final int PAIRS = 8_000;
    private static final int MIN_OF_A_KIND = 300;
    private static final JsonMapper JSON = new JsonMapper();

    private final AvroFormat format = new AvroFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomSchemas schemas = new RandomSchemas(random);

    @Test
    void changes_ofRandomPairs_agreeWithTheCanonicalForms() {
        Map<Nature, Integer> worst = new EnumMap<>(Nature.class);
        for (int pairs = 0; pairs < PAIRS; ) {
            JsonNode made = schemas.next();
            String before = (random.nextInt(3) == 0 ? schemas.mutate(made) : made).toString();
            JsonNode edited = switch (random.nextInt(10)) {
                case 0 -> schemas.next();
                case 1, 2, 3, 4 -> schemas.mutate(JSON.readTree(before));
                default -> JSON.readTree(before);
            };
            for (int i = random.nextInt(3); i > 0; i--) {
                edited = random.nextBoolean() ? withOtherWords(edited) : inOtherOrder(edited);
            }
            String after = edited.toString();
            if (parsed(before).isPresent() && parsed(after).isPresent()) {
                pairs++;
                agree(before, after).ifPresent(nature -> worst.merge(nature, 1, Integer::sum));
                agree(after, before);
            }
        }

        System.out.println("seed " + seed + ": " + worst);
        assertThat(worst).as("seed %d", seed).hasSize(Nature.values().length);
        assertThat(worst.values()).as("seed %d: %s", seed, worst).allMatch(count -> count > MIN_OF_A_KIND);
    }

    @Test
    void changes_ofWords_areOnlyWords() {
        for (int i = 0; i < PAIRS / 10; i++) {
            String before = schemas.next().toString();
            JsonNode edited = JSON.readTree(before);
            int documented = 0;
            for (JsonNode node : all(edited).toList()) {
                if (node instanceof ObjectNode object && object.has("name") && random.nextBoolean()) {
                    object.put("doc", "What it is.");
                    documented++;
                }
            }
            String after = edited.toString();
            if (parsed(before).isPresent()) {
                List<SchemaChange> changes = format.changes(source(before), source(after));

                assertThat(changes).as(of(before, after)).hasSize(documented).allSatisfy(change -> {
                    assertThat(change.kind()).isEqualTo(SchemaChange.Kind.ADDED);
                    assertThat(change.nature()).isEqualTo(Nature.WORDS);
                    assertThat(change.afterPath()).endsWith("/doc");
                    assertThat(change.after()).isEqualTo("\"What it is.\"");
                });
            }
        }
    }

    /** The weightiest nature of the changes. */
    private Optional<Nature> agree(String before, String after) {
        List<SchemaChange> changes = format.changes(source(before), source(after));
        ParsedSchema old = parsed(before).orElseThrow();
        ParsedSchema now = parsed(after).orElseThrow();
        String pair = of(before, after) + "\n" + changes;

        assertThat(format.changes(source(before), source(before))).as(pair).isEmpty();
        assertThat(changes.isEmpty()).as(pair).isEqualTo(old.canonicalForm().equals(now.canonicalForm()));
        assertThat(changes.stream().allMatch(change -> change.nature() == Nature.ORDER))
                .as(pair)
                .isEqualTo(old.unorderedForm().equals(now.unorderedForm()));
        pathsLead(changes, before, after, pair);
        Optional<Nature> worst = changes.stream().map(SchemaChange::nature).min(Nature::compareTo);
        if (worst.isPresent() && worst.get() != Nature.MEANING) {
            assertThat(format.judge(source(before), source(after), CompatibilityPolicy.STRICT)
                            .verdict())
                    .as(pair)
                    .isEqualTo(Verdict.COMPATIBLE);
        }
        return worst;
    }

    private void pathsLead(List<SchemaChange> changes, String before, String after, String pair) {
        JsonNode old = JSON.readTree(before);
        JsonNode now = JSON.readTree(after);
        for (SchemaChange change : changes) {
            if (change.before() != null) {
                assertThat(old.at(change.beforePath()).isMissingNode()).as(pair).isFalse();
            }
            if (change.after() != null) {
                assertThat(now.at(change.afterPath()).isMissingNode()).as(pair).isFalse();
            }
        }
    }

    private JsonNode withOtherWords(JsonNode schema) {
        JsonNode edited = schema.deepCopy();
        List<ObjectNode> objects = objects(edited);
        if (!objects.isEmpty()) {
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.put("doc", "text " + random.nextInt());
                case 1 -> object.put("x-owner", random.nextInt());
                case 2 -> object.remove("doc");
                default -> {
                    for (String key : List.of("type", "items", "values")) {
                        boolean isType = !key.equals("type") || (object.has("name") && !object.has("fields"));
                        boolean isPrimitive =
                                SchemaWalk.PRIMITIVES.contains(object.path(key).stringValue(""));
                        if (isType && isPrimitive) {
                            object.set(
                                    key,
                                    JSON.createObjectNode()
                                            .put("type", object.path(key).stringValue()));
                        }
                    }
                }
            }
        }
        return edited;
    }

    private JsonNode inOtherOrder(JsonNode schema) {
        JsonNode edited = schema.deepCopy();
        List<ObjectNode> objects = objects(edited);
        if (!objects.isEmpty()) {
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            if (object.get("aliases") instanceof ArrayNode aliases) {
                aliases.insert(0, "Z" + random.nextInt(3));
            }
            List<String> names = new ArrayList<>(object.propertyNames());
            Collections.shuffle(names, random);
            for (String name : names) {
                JsonNode value = object.remove(name);
                object.set(name, value);
            }
        }
        return edited;
    }

    private static List<ObjectNode> objects(JsonNode root) {
        return all(root)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static Stream<JsonNode> all(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(RandomChangesTest::all));
    }

    private Optional<ParsedSchema> parsed(String schema) {
        return format.parse(SchemaContent.of(schema), List.of()) instanceof ParseOutcome.Parsed(ParsedSchema parsed)
                ? Optional.of(parsed)
                : Optional.empty();
    }

    private String of(String before, String after) {
        return "seed " + seed + "\nbefore " + before + "\nafter  " + after;
    }

    private static SchemaSource source(String text) {
        return new SchemaSource(SchemaContent.of(text), List.of());
    }
}
