package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": []}              | AVRO",
                "{\"name\": \"A\", \"type\": \"enum\", \"symbols\": []}               | AVRO",
                "{\"type\": \"map\", \"values\": \"int\"}                             | AVRO",
                "[\"null\", \"string\"]                                               | AVRO",
                "\"string\"                                                           | AVRO",
                "{\"type\": \"record\", \"name\": \"broken\", \"fields\": [           | AVRO",
                "{\"$schema\": \"x\", \"type\": \"record\", \"name\": \"A\"}          | JSON",
                "{\"type\": \"object\", \"properties\": {}}                           | JSON",
                "{\"name\": \"A\", \"type\": \"string\"}                              | JSON",
                "true                                                                 | JSON",
                "nothing in particular                                                | JSON",
                "syntax = \"proto3\";                                                 | PROTOBUF",
                "// a comment first\\nmessage A {}                                     | PROTOBUF",
            })
    void typeByContent(String content, SchemaType type) {
        assertThat(TypeGuess.byContent(content.replace("\\n", "\n"))).isEqualTo(type);
    }

    @Test
    void protobufImports_areFound_exceptInComments() {
        String text = "import \"a.proto\";\n  import public 'b.proto' ;\nimport weak\"c.proto\";\n"
                + "// import \"no.proto\";\n/*\nimport \"nor.proto\";\n*/\nimport option \"d.proto\";";

        assertThat(ProtobufImports.of(text)).containsExactly("a.proto", "b.proto", "c.proto", "d.proto");
    }

    @Test
    void lines_ofEveryLength_andTheTooLong() throws IOException {
        String longLine = "x".repeat(200_000);
        List<String> read = new ArrayList<>();
        List<Boolean> tooLong = new ArrayList<>();
        byte[] text = ("a\n\n" + longLine + "\nb").getBytes(StandardCharsets.UTF_8);
        try (Lines lines = new Lines(new ByteArrayInputStream(text), 150_000)) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(new String(line.get(), StandardCharsets.UTF_8));
                tooLong.add(lines.isTooLong());
            }
        }

        assertThat(read).containsExactly("a", "", "", "b");
        assertThat(tooLong).containsExactly(false, false, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "orders,orders,latest",
        "orders@1.2.3,orders,1.2.3",
        "orders@^1.2,orders,^1.2",
        "orders@ordinal:3,orders,ordinal:3",
        "@acme/orders,@acme/orders,latest",
        "@acme/orders@latest,@acme/orders,latest",
        "me@example.com,me@example.com,latest"
    })
    void subjectAndVersion(String text, String subject, String version) {
        assertThat(SubjectVersion.parse(text)).isEqualTo(new SubjectVersion(subject, version));
    }

    @Test
    void reference_nameMayBeAUrlWithAQuery() {
        assertThat(WantedReference.parse("https://x/?a=b=orders@1.0.0"))
                .isEqualTo(new WantedReference("https://x/?a=b", "orders", "1.0.0"));
    }

    @Test
    void shapeOfADetail_forgetsNamesPlacesAndNumbers() {
        assertThat(BadRows.shapeOf("at /properties/a/type: 'int' is not one of 7 types"))
                .isEqualTo(BadRows.shapeOf("at /$defs/b: 'float' is not one of 12 types (and 3 more)"));
    }
}
