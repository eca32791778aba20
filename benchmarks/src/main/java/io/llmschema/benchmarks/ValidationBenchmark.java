package io.llmschema.benchmarks;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.SchemaContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A document of 2 KB against a schema of 40 lines: our validator, and beside it the library that it calls. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class ValidationBenchmark {
    private static final int ITEMS = 15;

    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Order",
              "type": "object",
              "required": ["id", "customer", "items", "status"],
              "properties": {
                "id": {"type": "string", "pattern": "^ord-[0-9]{4,10}$"},
                "status": {"enum": ["new", "paid", "sent"]},
                "total": {"type": "number", "minimum": 0},
                "customer": {"$ref": "#/$defs/customer"},
                "items": {
                  "type": "array",
                  "minItems": 1,
                  "maxItems": 100,
                  "items": {"$ref": "#/$defs/item"}
                }
              },
              "$defs": {
                "customer": {
                  "type": "object",
                  "required": ["name"],
                  "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 200},
                    "email": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}
                  }
                },
                "item": {
                  "type": "object",
                  "required": ["sku", "quantity"],
                  "properties": {
                    "sku": {"type": "string", "maxLength": 32},
                    "quantity": {"type": "integer", "minimum": 1},
                    "price": {"type": "number", "minimum": 0},
                    "note": {"type": ["string", "null"]}
                  },
                  "additionalProperties": false
                }
              }
            }
            """;

    private final byte[] document = document().getBytes(StandardCharsets.UTF_8);
    private final String text = document();
    private final DocumentValidator ours =
            new JsonSchemaFormat().validator(new SchemaSource(SchemaContent.of(SCHEMA), List.of()));
    private final Schema library = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA, InputFormat.JSON);

    private static String document() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            items.append(i == 0 ? "" : ",").append("""
                            {"sku": "sku-%04d", "quantity": %d, "price": %d.95, "note": "a note on that item, such as people write it"}""".formatted(i, i + 1, i * 3));
        }
        return """
                {"id": "ord-12345", "status": "paid", "total": 512.5,
                 "customer": {"name": "Ada Lovelace", "email": "ada@example.org", "tags": ["a", "b", "c"]},
                 "items": [%s]}""".formatted(items);
    }

    @Benchmark
    public DocumentReport ours() {
        DocumentReport report = ours.validate(document, DocumentForm.JSON);
        if (!report.isValid()) {
            throw new IllegalStateException("the document is valid: " + report);
        }
        return report;
    }

    @Benchmark
    public List<Error> library() {
        List<Error> errors = library.validate(text, InputFormat.JSON);
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the document is valid: " + errors);
        }
        return errors;
    }
}
