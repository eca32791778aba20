package io.llmschema.benchmarks;

import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/**
 * From a schema that was read to the text that is hashed, in the author's order and sorted.
 *
 * <p>JSON Schema and Avro make these texts while they parse, so for them the writing of the tree is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CanonicalFormBenchmark {
    @Param
    private Example example = Example.JSON_SCHEMA_2_KB;

    private Supplier<String> canonical = String::new;
    private Supplier<String> unordered = String::new;

    @Setup
    public void read() {
        switch (example) {
            case JSON_SCHEMA_2_KB, JSON_SCHEMA_100_KB, JSON_SCHEMA_OF_STRINGS, AVRO_2_KB -> {
                JsonNode tree = tree();
                canonical = () -> CanonicalJson.ordered(tree);
                unordered = () -> CanonicalJson.sorted(tree);
            }
            case PROTOBUF_2_KB -> {
                ParsedSchema schema = example.parsed();
                canonical = schema::canonicalForm;
                unordered = schema::unorderedForm;
            }
        }
    }

    private JsonNode tree() {
        return switch (JsonText.parse(example.content().text(), SchemaFormat.MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed(var violation) ->
                throw new IllegalStateException(example + " is no JSON: " + violation);
        };
    }

    @Benchmark
    public String canonicalForm() {
        return canonical.get();
    }

    @Benchmark
    public String unorderedForm() {
        return unordered.get();
    }
}
