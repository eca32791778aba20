package io.llmschema.benchmarks;

import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.SchemaContent;
import java.util.List;

/** What is measured: a schema, made anew, and always the same, by each benchmark. */
public enum Example {
    JSON_SCHEMA_2_KB,
    JSON_SCHEMA_100_KB,
    /** The commonest of all: a dozen texts, each with a description. */
    JSON_SCHEMA_OF_STRINGS,
    AVRO_2_KB,
    PROTOBUF_2_KB;

    private static final int SMALL = 2_000;
    private static final int LARGE = 100_000;
    private static final int STRINGS = 12;

    SchemaFormat format() {
        return switch (this) {
            case JSON_SCHEMA_2_KB, JSON_SCHEMA_100_KB, JSON_SCHEMA_OF_STRINGS -> new JsonSchemaFormat();
            case AVRO_2_KB -> new AvroFormat();
            case PROTOBUF_2_KB -> new ProtobufFormat();
        };
    }

    SchemaContent content() {
        return SchemaContent.of(
                switch (this) {
                    case JSON_SCHEMA_2_KB -> Generator.jsonSchema(SMALL);
                    case JSON_SCHEMA_100_KB -> Generator.jsonSchema(LARGE);
                    case JSON_SCHEMA_OF_STRINGS -> Generator.jsonSchemaOfStrings(STRINGS);
                    case AVRO_2_KB -> Generator.avro(SMALL);
                    case PROTOBUF_2_KB -> Generator.protobuf(SMALL);
                });
    }

    /** The schema, read; a benchmark that measured refusals would be of no use. */
    ParsedSchema parsed() {
        return switch (format().parse(content(), List.of())) {
            case Parsed(ParsedSchema schema) -> schema;
            case Rejected(var violations) -> throw new IllegalStateException(name() + " is no schema: " + violations);
        };
    }
}
