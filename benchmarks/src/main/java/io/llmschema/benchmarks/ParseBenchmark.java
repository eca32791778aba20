package io.llmschema.benchmarks;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaFormat;
import io.llmschema.model.SchemaContent;
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

/** From the bytes of a schema to its checked form. Both canonical forms may be made on the way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParseBenchmark {
    @Param
    private Example example = Example.JSON_SCHEMA_2_KB;

    private SchemaFormat format = example.format();
    private SchemaContent content = example.content();

    @Setup
    public void write() {
        format = example.format();
        content = example.content();
        example.parsed();
    }

    @Benchmark
    public ParseOutcome parse() {
        return format.parse(content, List.of());
    }
}
