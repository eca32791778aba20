package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Other forms of a schema mean what it means. The seed is given with {@code -Dseed}. */
class RandomFormsTest {
    private static final int SCHEMAS = 2_000;

    private final AvroFormat format = new AvroFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomSchemas schemas = new RandomSchemas(random);

    @Test
    void normalizedForm_ofRandomSchemas_differsInAnOrderWithoutMeaningOnly() {
        for (int checked = 0; checked < SCHEMAS; ) {
            JsonNode schema = random.nextBoolean() ? schemas.next() : schemas.mutate(schemas.next());
            Optional<ParsedSchema> parsed = parsed(schema.toString(), List.of());
            if (parsed.isPresent()) {
                String normalized = parsed.get().normalizedForm();
                String pair = "seed " + seed + "\nschema     " + schema + "\nnormalized " + normalized;

                assertThat(format.changes(source(schema.toString(), List.of()), source(normalized, List.of())))
                        .as(pair)
                        .allMatch(change -> change.nature() == SchemaChange.Nature.ORDER);
                assertThat(parsed(normalized, List.of()).map(ParsedSchema::normalizedForm))
                        .as(pair)
                        .contains(normalized);
                readEachOther(source(schema.toString(), List.of()), source(normalized, List.of()), pair);
                checked++;
            }
        }
    }

    @Test
    void rendered_resolvedOfSchemasTakenApart_isTheWhole() {
        int whole = 0;
        for (int checked = 0; checked < SCHEMAS; ) {
            JsonNode schema = random.nextBoolean() ? schemas.next() : schemas.mutate(schemas.next());
            if (parsed(schema.toString(), List.of()).isEmpty()) {
                continue;
            }
            List<ReferencedSchema> references = new ArrayList<>();
            SchemaSource source = source(takenApart(schema, references).toString(), references);
            if (references.isEmpty()
                    || parsed(source.content().text(), references).isEmpty()) {
                continue;
            }
            checked++;
            Optional<String> resolved = format.rendered(source, "resolved");
            if (resolved.isPresent()) {
                String pair = "seed " + seed + "\nschema   " + schema + "\napart    "
                        + source.content().text() + "\nresolved " + resolved.get();
                SchemaSource alone = source(resolved.get(), List.of());

                assertThat(parsed(resolved.get(), List.of())).as(pair).isPresent();
                assertThat(LoadedSchema.of(alone).schema())
                        .as(pair)
                        .isEqualTo(LoadedSchema.of(source).schema());
                readEachOther(source, alone, pair);
                whole++;
            }
        }

        System.out.println("seed " + seed + ": " + whole + " of " + SCHEMAS);
        assertThat(whole).as("seed %d", seed).isGreaterThan(SCHEMAS * 9 / 10);
    }

    /** The schema with some of its definitions, the inner ones first, made references. */
    private JsonNode takenApart(JsonNode schema, List<ReferencedSchema> references) {
        JsonNode rest = schema.deepCopy();
        TypeNames names = TypeNames.in(SchemaContent.of(rest.toString()), Set.of());
        List<Map.Entry<String, Spot>> innerFirst =
                List.copyOf(names.definitions().entrySet()).reversed();
        for (Map.Entry<String, Spot> found : innerFirst) {
            String name = found.getKey();
            String at = found.getValue().at().toString();
            if (!at.isEmpty() && random.nextInt(3) > 0) {
                ObjectNode definition = ((ObjectNode) rest.at(at)).deepCopy();
                definition.remove("namespace");
                ReferencedSchema reference = new ReferencedSchema(
                        name, SchemaContent.of(definition.put("name", name).toString()));
                if (parsed(reference.content().text(), references).isPresent()) {
                    references.add(reference);
                    replace(rest, at, name);
                }
            }
        }
        return rest;
    }

    private static void replace(JsonNode root, String at, String name) {
        int last = at.lastIndexOf('/');
        switch (root.at(at.substring(0, last))) {
            case ObjectNode parent -> parent.put(at.substring(last + 1), name);
            case ArrayNode parent -> parent.set(Integer.parseInt(at.substring(last + 1)), name);
            default -> throw new AssertionError("no parent of " + at);
        }
    }

    private void readEachOther(SchemaSource one, SchemaSource other, String pair) {
        assertThat(format.judge(one, other, CompatibilityPolicy.STRICT).verdict())
                .as(pair)
                .isEqualTo(Verdict.COMPATIBLE);
        assertThat(format.judge(other, one, CompatibilityPolicy.STRICT).verdict())
                .as(pair)
                .isEqualTo(Verdict.COMPATIBLE);
    }

    private Optional<ParsedSchema> parsed(String text, List<ReferencedSchema> references) {
        return format.parse(SchemaContent.of(text), references) instanceof ParseOutcome.Parsed(ParsedSchema parsed)
                ? Optional.of(parsed)
                : Optional.empty();
    }

    private static SchemaSource source(String text, List<ReferencedSchema> references) {
        return new SchemaSource(SchemaContent.of(text), references);
    }
}
