package io.llmschema.benchmarks.judge;

import com.github.luben.zstd.ZstdInputStream;
import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges every step of the histories of a corpus: whether the schema after it reads what was written with the one before. */
public final class JudgedHistory {
    /** The window of {@code zstd --long=27}: 128 MiB. */
    private static final int WINDOW_LOG = 27;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SchemaFormat format;
    private final @Nullable String onlySubject;
    private final Map<String, SchemaContent> last = new HashMap<>();
    private final Map<String, Integer> steps = new HashMap<>();
    private final Tally tally = new Tally();

    private JudgedHistory(SchemaFormat format, @Nullable String onlySubject) {
        this.format = format;
        this.onlySubject = onlySubject;
    }

    /** @param arguments the folder of the corpus, and a subject if only that is to be judged */
    public static void main(String[] arguments) throws IOException {
        Path corpus = Path.of(arguments[0]);
        String onlySubject = arguments.length > 1 ? arguments[1] : null;
        boolean isJsonClean = run(
                "JSON Schema",
                new JsonSchemaFormat(),
                corpus.resolve("json-schemastore-history.jsonl.zst"),
                onlySubject);
        boolean isAvroClean = run("Avro", new AvroFormat(), corpus.resolve("avro-neon-history.jsonl.zst"), onlySubject);
        if (!isJsonClean || !isAvroClean) {
            System.exit(1);
        }
    }

    private static boolean run(String title, SchemaFormat format, Path file, @Nullable String onlySubject)
            throws IOException {
        JudgedHistory history = new JudgedHistory(format, onlySubject);
        try (ZstdInputStream stream = new ZstdInputStream(Files.newInputStream(file)).setLongMax(WINDOW_LOG);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                history.step(JSON.readTree(line));
                if (++read % 500 == 0) {
                    System.err.println(title + ": " + read + " rows");
                }
            }
        }
        System.out.println(history.tally.table(title));
        return history.tally.isClean();
    }

    private void step(JsonNode row) {
        String subject = row.path("subject").asString("");
        if (onlySubject != null && !subject.equals(onlySubject)) {
            return;
        }
        if (row.path("op").asString("").equals("delete")) {
            last.remove(subject);
            return;
        }
        SchemaContent content = SchemaContent.of(row.path("content").asString(""));
        if (!(format.parse(content, List.of()) instanceof Parsed)) {
            tally.skip();
            return;
        }
        SchemaContent before = last.put(subject, content);
        if (before != null) {
            judge(subject, steps.merge(subject, 1, Integer::sum), before, content);
        }
    }

    private void judge(String subject, int step, SchemaContent before, SchemaContent after) {
        long start = System.nanoTime();
        try {
            Judgement judgement = format.judge(
                    new SchemaSource(after, List.of()),
                    new SchemaSource(before, List.of()),
                    CompatibilityPolicy.STRICT);
            tally.add(subject, step, judgement, System.nanoTime() - start);
        } catch (RuntimeException e) {
            // That is a finding: it is counted, shown, and makes the run fail at its end.
            tally.fail();
            System.err.println(subject + ", step " + step + ": " + e);
        }
    }
}
