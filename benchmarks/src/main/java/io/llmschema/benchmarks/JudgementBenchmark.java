package io.llmschema.benchmarks;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaStep;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** How long it takes to compare a schema with the one before it, both read from their texts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgementBenchmark {
    /** What the schema after is, beside the one before. */
    public enum Change {
        /** A bound is wider, in the middle, or a text may be null. */
        COMPATIBLE,
        /** Properties are required. */
        INCOMPATIBLE,
        /** The title is another one. */
        WORDS
    }

    @Param({"JSON_SCHEMA_2_KB", "JSON_SCHEMA_100_KB", "JSON_SCHEMA_OF_STRINGS"})
    private Example example = Example.JSON_SCHEMA_2_KB;

    @Param
    private Change change = Change.COMPATIBLE;

    private SchemaFormat format = example.format();
    private SchemaSource before = new SchemaSource(SchemaContent.of("{}"), List.of());
    private SchemaSource after = before;

    @Setup
    public void read() {
        format = example.format();
        String text = example.content().text();
        String changed = switch (change) {
            case COMPATIBLE ->
                example == Example.JSON_SCHEMA_OF_STRINGS
                        ? text.replaceFirst("\"string\"", "[\"string\", \"null\"]")
                        : text.replace("\"maximum\": 1e6", "\"maximum\": 1e7");
            case INCOMPATIBLE ->
                text.replaceFirst("\"type\": \"object\",", "\"type\": \"object\", \"required\": [\"a\", \"b\"],");
            case WORDS -> text.replaceFirst("\"title\": \"", "\"title\": \"Another ");
        };
        before = new SchemaSource(SchemaContent.of(text), List.of());
        after = new SchemaSource(SchemaContent.of(changed), List.of());
        Verdict expected = switch (change) {
            case COMPATIBLE, WORDS -> Verdict.COMPATIBLE;
            case INCOMPATIBLE -> Verdict.INCOMPATIBLE;
        };
        if (judge().verdict() != expected) {
            throw new IllegalStateException("the pair is " + judge().verdict());
        }
    }

    @Benchmark
    public Judgement judge() {
        return format.judge(after, before, CompatibilityPolicy.STRICT);
    }

    @Benchmark
    public List<SchemaChange> changes() {
        return format.changes(before, after);
    }

    @Benchmark
    public SchemaStep step() {
        return format.step(before, after, CompatibilityPolicy.STRICT);
    }
}
