package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is compatible is read, whatever it is, and what is a witness is not. The seed is given with {@code -Dseed}. */
class RandomJudgementTest {
    private static final int DATA_TO_READ = 24_000;
    private static final int DATA_OF_A_PAIR = 20;
    private static final int MIN_COMPATIBLE = 500;
    private static final int MIN_WITNESSES = 500;

    private static final JsonMapper JSON = new JsonMapper();

    private final AvroFormat format = new AvroFormat();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomSchemas schemas = new RandomSchemas(random);
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private int dataRead;
    private int witnesses;

    @Test
    void judge_randomPairs_holdsForRandomData() throws IOException {
        while (dataRead < DATA_TO_READ) {
            JsonNode writer = schemas.next();
            JsonNode reader = random.nextInt(10) == 0 ? schemas.next() : schemas.mutate(writer);
            if (!reader.equals(writer) && isValid(reader) && isValid(writer)) {
                holds(reader.toString(), writer.toString());
                holds(writer.toString(), reader.toString());
            }
        }

        assertThat(verdicts.get(Verdict.COMPATIBLE))
                .as("seed %d: %s", seed, verdicts)
                .isGreaterThan(MIN_COMPATIBLE);
        assertThat(witnesses).as("seed %d: %s", seed, verdicts).isGreaterThan(MIN_WITNESSES);
    }

    private boolean isValid(JsonNode schema) {
        return format.parse(SchemaContent.of(schema.toString()), List.of()) instanceof ParseOutcome.Parsed;
    }

    private void holds(String reader, String writer) throws IOException {
        Judgement judgement = format.judge(source(reader), source(writer), CompatibilityPolicy.STRICT);
        verdicts.merge(judgement.verdict(), 1, Integer::sum);
        Schema readerSchema = LoadedSchema.of(source(reader)).schema();
        Schema writerSchema = LoadedSchema.of(source(writer)).schema();
        String pair = "seed " + seed + "\nreader " + reader + "\nwriter " + writer + "\n" + judgement;
        if (judgement.verdict() == Verdict.COMPATIBLE) {
            everythingIsRead(readerSchema, writerSchema, pair);
        }
        for (Incompatibility difference : judgement.incompatibilities()) {
            isWitness(difference, readerSchema, writerSchema, pair);
        }
    }

    private void everythingIsRead(Schema reader, Schema writer, String pair) throws IOException {
        DataSizes sizes = DataSizes.beneath(writer);
        RandomData data = new RandomData(random, sizes);
        AvroReader usual = new AvroReader(writer, reader, AvroReader.newData());
        AvroReader older = new AvroReader(writer, reader, new GenericData().setFastReaderEnabled(false));
        for (int i = 0; i < DATA_OF_A_PAIR && sizes.isInhabited(writer); i++) {
            byte[] bytes = Encoding.binary(data.next(writer), writer, GenericData.get());
            assertThat(usual.read(bytes)).as(pair).isInstanceOf(AvroReader.Outcome.Read.class);
            hasNoReason(older.read(bytes), pair);
            dataRead++;
        }
    }

    /**
     * The library's older reader, which is to be asked for, makes a grammar first: it has no end where a record always
     * holds itself, and holes where records hold each other, into which it falls without a reason.
     */
    private static void hasNoReason(AvroReader.Outcome outcome, String pair) {
        if (outcome instanceof AvroReader.Outcome.Refused(String sentence)) {
            assertThat(sentence).as(pair).isEqualTo(AvroReader.BREAKS_OFF);
        }
    }

    private void isWitness(Incompatibility difference, Schema reader, Schema writer, String pair) throws IOException {
        Object datum = JsonData.read(JSON.readTree(difference.witness().document()), writer);
        byte[] bytes = Encoding.binary(datum, writer, GenericData.get());

        assertThat(new AvroReader(writer, writer, AvroReader.newData()).read(bytes))
                .as(pair)
                .isInstanceOf(AvroReader.Outcome.Read.class);
        assertThat(new AvroReader(writer, reader, AvroReader.newData()).read(bytes))
                .as(pair)
                .isInstanceOf(AvroReader.Outcome.Refused.class);
        witnesses++;
    }

    private static SchemaSource source(String text) {
        return new SchemaSource(SchemaContent.of(text), List.of());
    }
}
