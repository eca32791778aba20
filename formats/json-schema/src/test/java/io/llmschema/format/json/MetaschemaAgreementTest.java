package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.llmschema.format.SchemaFormat;
import io.llmschema.json.JsonText;
import io.llmschema.json.JsonText.Malformed;
import io.llmschema.json.JsonText.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tables of keywords say what the metaschemas say. */
class MetaschemaAgreementTest {
    private static final int SCHEMAS = 20_000;

    /** The values that mistakes are made of, and those that some keyword wants. */
    private static final List<String> VALUES = List.of(
            "true",
            "false",
            "null",
            "0",
            "1",
            "-1",
            "2.5",
            "\"a\"",
            "\"string\"",
            "\"#\"",
            "\"a#b\"",
            "\"1\"",
            "[]",
            "[1]",
            "[\"a\"]",
            "[\"a\",\"a\"]",
            "[\"string\"]",
            "[\"string\",\"string\"]",
            "[{}]",
            "[true]",
            "[{},1]",
            "{}",
            "{\"a\":true}",
            "{\"a\":{}}",
            "{\"a\":[\"b\"]}",
            "{\"a\":[]}",
            "{\"a\":1}",
            "{\"a\":[1]}",
            "{\"type\":\"x\"}",
            "{\"a\":{\"minLength\":-1}}",
            "[{\"required\":3}]",
            "{\"not\":[]}",
            "{\"$ref\":\"#\",\"not\":3}");

    @ParameterizedTest
    @EnumSource(Draft.class)
    void read_randomSchema_isMisshapenExactlyWhenTheMetaschemaSaysSo(Draft draft) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Schema metaschema = metaschema(draft);
        List<String> keywords = new ArrayList<>(Keywords.of(draft).keySet());
        keywords.addAll(List.of("unknown", "const", "default"));
        for (int i = 0; i < SCHEMAS; i++) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.put("$schema", "http://" + uri(draft));
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                String keyword = keywords.get(random.nextInt(keywords.size()));
                if (!isLeftToUs(draft, keyword)) {
                    schema.set(keyword, parse(VALUES.get(random.nextInt(VALUES.size()))));
                }
            }

            boolean isAccepted = SchemaDocument.read(schema).violations().isEmpty();

            assertThat(isAccepted)
                    .as("seed %d, %s", seed, schema)
                    .isEqualTo(metaschema
                            .validate(
                                    schema,
                                    context -> context.setExecutionConfig(ExecutionConfig.builder()
                                            .formatAssertionsEnabled(false)
                                            .build()))
                            .isEmpty());
        }
    }

    /** Where the tables follow the text of a draft, or a newer edition of its metaschema than the library has. */
    private static boolean isLeftToUs(Draft draft, String keyword) {
        return keyword.equals("$schema")
                || (keyword.equals("$ref") && draft == Draft.DRAFT_04)
                || (keyword.equals("enum") && draft == Draft.DRAFT_07)
                || (keyword.equals("writeOnly") && draft == Draft.DRAFT_07);
    }

    private static String uri(Draft draft) {
        return switch (draft) {
            case DRAFT_04 -> "json-schema.org/draft-04/schema";
            case DRAFT_06 -> "json-schema.org/draft-06/schema";
            case DRAFT_07 -> "json-schema.org/draft-07/schema";
            case DRAFT_2019_09 -> "json-schema.org/draft/2019-09/schema";
            case DRAFT_2020_12 -> "json-schema.org/draft/2020-12/schema";
        };
    }

    private static Schema metaschema(Draft draft) {
        var dialect = switch (draft) {
            case DRAFT_04 -> Dialects.getDraft4();
            case DRAFT_06 -> Dialects.getDraft6();
            case DRAFT_07 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
        };
        return SchemaRegistry.withDialect(dialect).getSchema(SchemaLocation.of(dialect.getId()));
    }

    private static JsonNode parse(String text) {
        return switch (JsonText.parse(text, SchemaFormat.MAX_DEPTH)) {
            case WellFormed(JsonNode root) -> root;
            case Malformed(var violation) -> throw new AssertionError(violation);
        };
    }
}
