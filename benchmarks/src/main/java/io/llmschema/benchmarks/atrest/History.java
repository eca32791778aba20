package io.llmschema.benchmarks.atrest;

import com.github.luben.zstd.ZstdInputStream;
import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened to some JSON Schemas over the years, the first first.
 *
 * @param refused how many schemas our checks refuse; they are among the steps all the same
 */
record History(List<Step> steps, int refused) {
    static final String FILE = "json-schemastore-history.jsonl.zst";

    private static final TenantId TENANT = new TenantId("default");
    private static final String AUTHOR = "benchmark";

    /** The window of {@code zstd --long=27}: 128 MiB. */
    private static final int WINDOW_LOG = 27;

    private static final String STRING = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    private static final Pattern TITLES = Pattern.compile("\"title\"\\s*:\\s*" + STRING);
    private static final Pattern DESCRIPTIONS = Pattern.compile("\"description\"\\s*:\\s*" + STRING);
    private static final Pattern OBJECTS = Pattern.compile(STRING + "\\s*:\\s*\\{");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Something that was done. */
    sealed interface Step {
        record Register(NewSchema schema) implements Step {
            int bytes() {
                return schema.content().size();
            }
        }

        record Delete(Subject subject) implements Step {}
    }

    History {
        steps = List.copyOf(steps);
    }

    /** @param corpus the folder with the file {@value #FILE} */
    static History read(Path corpus) throws IOException {
        SchemaFormat format = new JsonSchemaFormat();
        List<Step> steps = new ArrayList<>();
        int refused = 0;
        try (ZstdInputStream stream =
                        new ZstdInputStream(Files.newInputStream(corpus.resolve(FILE))).setLongMax(WINDOW_LOG);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                Subject subject = new Subject(TENANT, row.path("subject").asString());
                if (row.path("op").asString().equals("delete")) {
                    steps.add(new Step.Delete(subject));
                    continue;
                }
                SchemaContent content = SchemaContent.of(row.path("content").asString());
                switch (format.parse(content, List.of())) {
                    case Parsed(var schema) -> {
                        Fingerprints hashes = new Fingerprints(
                                Fingerprint.sha256(content.bytes()),
                                hash(schema.canonicalForm()),
                                hash(schema.unorderedForm()));
                        steps.add(new Step.Register(candidate(subject, content, hashes, schema.outline())));
                    }
                    case Rejected _ -> {
                        refused++;
                        Fingerprint raw = Fingerprint.sha256(content.bytes());
                        Fingerprints hashes = new Fingerprints(raw, raw, raw);
                        steps.add(new Step.Register(candidate(subject, content, hashes, scan(content.text()))));
                    }
                }
            }
        }
        return new History(steps, refused);
    }

    private static Fingerprint hash(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static NewSchema candidate(
            Subject subject, SchemaContent content, Fingerprints hashes, SchemaOutline outline) {
        return new NewSchema(
                new SchemaId(TENANT, UUID.randomUUID()),
                subject,
                SchemaType.JSON,
                content,
                hashes,
                List.of(),
                outline,
                Metadata.NONE,
                new SchemaState.Active(),
                Instant.now(),
                AUTHOR);
    }

    /** About what an outline has, of a text that is no JSON Schema to us. */
    private static SchemaOutline scan(String text) {
        return new SchemaOutline(all(TITLES, text), all(DESCRIPTIONS, text), all(OBJECTS, text));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    Stream<Step.Register> registrations() {
        return steps.stream().filter(Step.Register.class::isInstance).map(Step.Register.class::cast);
    }

    long deletions() {
        return steps.stream().filter(Step.Delete.class::isInstance).count();
    }
}
