package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That what is registered comes back as it was. */
abstract class StorageContentContract extends StorageContract {
    private static final int LARGE = 3 * 1024 * 1024;

    @Test
    void getSchema_returnsTheBytesThatWereRegistered() {
        List<String> texts = List.of(
                "{\r\n\t\"b\": 1,\r\n\t\"a\": 1.0,\n\"a\": 1e0\r}\r\n",
                "   {}\n\n",
                "",
                "\uFEFF{}",
                "{\"title\": \"Größe 大小 गाना 👩‍👩‍👧 \\uD83D\\uDE00 e\u0301 é\"}",
                "{\"const\": \"\\u0000 \\\\ \\\" ' $1 $$ ? :name {} %s\"}",
                "\u0000 \u0001 \u007F \u2028",
                "syntax = \"proto3\";\r\n// it's; DROP TABLE schemas; --\n");

        for (String text : texts) {
            NewSchema candidate = examples.schema("orders", text);
            SchemaSummary schema = storage.registerSchema(candidate, RegistrationRules.nextMinor())
                    .schema();

            assertThat(content(schema)).isEqualTo(SchemaContent.of(text).bytes());
            assertThat(schema.contentSize()).isEqualTo(candidate.content().size());
        }
    }

    @Test
    void getSchema_largeContent_returnsTheBytesThatWereRegistered() {
        long seed = System.nanoTime();
        StringBuilder text = new StringBuilder(LARGE);
        new Random(seed).ints(LARGE, ' ', '~').forEach(text::appendCodePoint);
        NewSchema candidate = examples.schema("orders", text.toString());

        SchemaSummary schema = register(candidate, "1.0.0");

        assertThat(schema.contentSize()).isEqualTo(LARGE);
        assertThat(content(schema))
                .as("seed " + seed)
                .isEqualTo(candidate.content().bytes());
        assertThat(register(examples.schema("invoices", text.toString()), "1.0.0")
                        .globalId())
                .isEqualTo(schema.globalId());
    }

    private byte[] content(SchemaSummary schema) {
        return storage.getSchema(new SchemaKey.ById(schema.id()))
                .orElseThrow()
                .content()
                .bytes();
    }

    @Test
    void registerSchema_metadataWithAwkwardCharacters_comesBack() {
        Metadata metadata = new Metadata(
                "line\r\nline\ttab 'single' \"double\" \\back 👍 {curly} NULL",
                "o'neil \"%_\\\" {a,b}",
                List.of("a,b", "c d", "e\"f", "g'h", "{i}", "j\\k", "NULL", "ß", "👍"),
                "{\"a\": [1, {\"b\": null}]}");

        SchemaSummary schema = register(examples.in("orders").metadata(metadata).createdBy("a'b\"c\\d"), "1.0.0");

        assertThat(schema.metadata()).isEqualTo(metadata);
        assertThat(now(schema)).isEqualTo(schema);
    }

    @Test
    void registerSchema_longestMetadata_comesBack() {
        Metadata metadata = new Metadata(
                "d".repeat(Metadata.MAX_DESCRIPTION_LENGTH),
                "ö".repeat(Metadata.MAX_OWNER_LENGTH),
                IntStream.range(0, Metadata.MAX_TAGS)
                        .mapToObj("%064d"::formatted)
                        .toList(),
                "{\"a\": \"" + "x".repeat(Metadata.MAX_ATTRIBUTES_LENGTH - 9) + "\"}");

        SchemaSummary schema = register(
                examples.in("ö".repeat(255)).metadata(metadata).createdBy("ö".repeat(NewSchema.MAX_AUTHOR_LENGTH)),
                "1.0.0");

        assertThat(now(schema)).isEqualTo(schema);
        assertThat(schema.metadata()).isEqualTo(metadata);
    }

    @Test
    void registerSchema_attributes_keepTheirMeaning() {
        String attributes = "{ \"z\":1.50,\"a\" : {\"long\":12345678901234567890, \"😀\":\"\\u00e9\"}}";

        SchemaSummary schema = register(examples.in("orders").attributes(attributes), "1.0.0");

        JsonContainment contains = new JsonContainment();
        assertThat(contains.test(schema.metadata().attributes(), attributes)).isTrue();
        assertThat(contains.test(attributes, schema.metadata().attributes())).isTrue();
    }

    @Test
    void registerSchema_eachState_comesBack() {
        List<SchemaState> states = List.of(
                new SchemaState.Draft(),
                new SchemaState.Active(),
                new SchemaState.Archived(),
                new SchemaState.Deprecated("it's old\n👴", null, null),
                new SchemaState.Deprecated("old", LocalDate.of(2030, 2, 28), "orders/v2 ^2"));

        for (SchemaState state : states) {
            NewSchema candidate =
                    examples.in("orders").text(state.toString()).state(state).build();
            SchemaSummary schema = storage.registerSchema(candidate, RegistrationRules.nextMinor())
                    .schema();

            assertThat(schema.state()).isEqualTo(state);
            assertThat(now(schema)).isEqualTo(schema);
        }
    }

    /** A parser turns the escape of U+0000 into the character, which some databases cannot keep in a text. */
    @Test
    void registerSchema_outlineWithAwkwardCharacters_isAccepted() {
        NewSchema candidate = examples.in("orders")
                .text("{\"title\": \"a \\u0000 b \\uD800 c\"}")
                .outline(
                        List.of("a \u0000 b \uD800 c", ""),
                        List.of("x".repeat(100_000), "wörds ".repeat(10_000)),
                        List.of("'", "\\", "👍"))
                .build();

        SchemaSummary schema =
                storage.registerSchema(candidate, assign("1.0.0")).schema();

        assertThat(now(schema)).isEqualTo(schema);
    }
}
