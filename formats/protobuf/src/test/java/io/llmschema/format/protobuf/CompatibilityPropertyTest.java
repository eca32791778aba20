package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever pair of schemas is judged, what is called compatible is read as it was written, and what is not is shown. */
class CompatibilityPropertyTest {
    /** How many messages of compatible writers are read, in each encoding. */
    private static final int MESSAGES = 20_000;

    private static final int MAX_PAIRS = 20_000;
    private static final int MESSAGES_OF_TYPE = 8;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomMessage messages = new RandomMessage(random);
    private final Map<DataEncoding, Integer> read = new EnumMap<>(DataEncoding.class);
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

    @Test
    void judge_anyPair_isTrue() {
        int pairs = 0;
        while (!isEnough() && pairs < MAX_PAIRS) {
            RandomSchema writer = RandomSchema.of(random);
            String reader = writer.changed().text();
            if (JudgedPair.parse(writer.text()).isPresent()
                    && JudgedPair.parse(reader).isPresent()) {
                check(JudgedPair.of(reader, writer.text()), description(reader, writer.text()));
                pairs++;
            }
        }

        assertThat(isEnough()).as("seed %d, read %s", seed, read).isTrue();
        assertThat(verdicts.getOrDefault(Verdict.UNKNOWN, 0))
                .as("seed %d, undecided of %d", seed, pairs)
                .isLessThan(pairs / 5);
    }

    private boolean isEnough() {
        return read.size() == DataEncoding.values().length
                && read.values().stream().allMatch(count -> count >= MESSAGES);
    }

    private void check(JudgedPair pair, String description) {
        pair.assertWitnessesHold(description);
        verdicts.merge(pair.judgement().verdict(), 1, Integer::sum);
        for (DataEncoding aspect : DataEncoding.values()) {
            if (pair.judgement().of(Set.of(aspect)).verdict() == Verdict.COMPATIBLE) {
                pair.writer().getMessageTypes().forEach(type -> checkType(type, pair, aspect, description));
            }
        }
    }

    private void checkType(Descriptor type, JudgedPair pair, DataEncoding aspect, String description) {
        Descriptor reader =
                new FileMessages(pair.reader()).find(type.getFullName()).orElseThrow();
        Encoding encoding = aspect == DataEncoding.BINARY ? new BinaryEncoding() : new JsonEncoding();
        for (int i = 0; i < MESSAGES_OF_TYPE; i++) {
            Message written = messages.of(type);
            if (written.isInitialized()) {
                String document = encoding.write(written).orElseThrow();
                Optional<Message> found = JudgedPair.read(aspect, document, reader);

                String outcome = found.map(message -> new Sameness(encoding)
                                .difference(written, message)
                                .orElse("the same"))
                        .orElse("refused");
                assertThat(outcome)
                        .as(() -> description + "\n" + aspect + " " + type.getFullName() + "\n" + document + "\n"
                                + written + "\n" + found)
                        .isEqualTo("the same");
                read.merge(aspect, 1, Integer::sum);
            }
        }
    }

    private String description(String reader, String writer) {
        return "seed " + seed + "\nreader:\n" + reader + "\nwriter:\n" + writer;
    }
}
