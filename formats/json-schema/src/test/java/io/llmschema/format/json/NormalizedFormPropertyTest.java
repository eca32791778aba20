package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What a schema is registered as if its author wants it normalized: another text, and the same in all that it says. */
class NormalizedFormPropertyTest {
    private static final int SCHEMAS = Integer.getInteger("pairs", 1_500);

    private final JsonSchemaFormat format = new JsonSchemaFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(Draft.class)
    void normalizedForm_ofRandomSchemas_saysTheSame(Draft draft) {
        RandomJson json = new RandomJson(new Random(seed), draft);
        int checked = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            ObjectNode schema =
                    json.schema().put("$schema", LibraryDialects.of(draft).getId());
            Optional<String> normalized = normalized(schema.toString());
            if (normalized.isPresent()) {
                check(schema.toString(), normalized.get());
                checked++;
            }
        }

        assertThat(checked).as("seed %d", seed).isGreaterThan(SCHEMAS / 2);
    }

    @Test
    void normalizedForm_ofValidSchemas_isItsOwn() {
        assertThat(ValidSchemas.ALL).allSatisfy(text -> {
            String normalized = normalized(text).orElseThrow();

            assertThat(normalized(normalized)).contains(normalized);
        });
    }

    private void check(String schema, String normalized) {
        String pair = "seed %d, schema %s, normalized %s".formatted(seed, schema, normalized);

        assertThat(normalized(normalized)).as(pair).contains(normalized);
        assertThat(judge(schema, normalized)).as(pair).isEqualTo(Verdict.COMPATIBLE);
        assertThat(judge(normalized, schema)).as(pair).isEqualTo(Verdict.COMPATIBLE);
    }

    private Verdict judge(String reader, String writer) {
        return format.judge(source(reader), source(writer), CompatibilityPolicy.STRICT)
                .verdict();
    }

    private Optional<String> normalized(String schema) {
        return format.parse(SchemaContent.of(schema), List.of()) instanceof ParseOutcome.Parsed(ParsedSchema parsed)
                ? Optional.of(parsed.normalizedForm())
                : Optional.empty();
    }

    private static SchemaSource source(String text) {
        return new SchemaSource(SchemaContent.of(text), List.of());
    }
}
