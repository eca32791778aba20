package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.llmschema.model.Witness;
import java.util.Optional;

/**
 * Proves suspicions: writes messages with the writer's schema, and reads them with the reader's.
 *
 * <p>A candidate has to show what is suspected when nothing else is in the message, lest something else be blamed on it; the witness
 * is the message with everything in it that the writer's schema requires.
 */
final class Trial {
    /** What it costs to write and read a message with no fields set. */
    private static final long STEPS = 10;

    /** How many fields that are not set cost as much as a look at one. */
    private static final long UNSET_FIELDS_PER_STEP = 16;

    private final Encoding encoding;
    private final Samples samples;
    private final Steps steps;

    Trial(Encoding encoding, Samples samples, Steps steps) {
        this.encoding = encoding;
        this.samples = samples;
        this.steps = steps;
    }

    /** What proves the suspicion; empty if none of the candidates does. */
    Optional<Witness> prove(Suspicion suspicion, MessagePair pair) {
        for (Candidate candidate : suspicion.candidates().get()) {
            steps.spend(STEPS + fields(pair) / UNSET_FIELDS_PER_STEP);
            if (!steps.areLeft()) {
                return Optional.empty();
            }
            Optional<Witness> witness = prove(suspicion, candidate, pair);
            if (witness.isPresent()) {
                return witness;
            }
        }
        return Optional.empty();
    }

    private static long fields(MessagePair pair) {
        return (long) pair.writer().getFields().size()
                + pair.reader().getFields().size();
    }

    private Optional<Witness> prove(Suspicion suspicion, Candidate candidate, MessagePair pair) {
        Message alone = Samples.alone(pair.writer(), candidate);
        boolean isShown = encoding.write(alone)
                .flatMap(document -> lossOf(alone, document, pair.reader(), suspicion.loss()))
                .isPresent();
        return isShown
                ? samples.complete(pair.writer(), candidate)
                        .flatMap(whole -> encoding.write(whole)
                                .flatMap(document -> witness(whole, document, pair.reader(), suspicion.loss())))
                : Optional.empty();
    }

    private Optional<Witness> witness(Message whole, String document, Descriptor reader, Suspicion.Loss loss) {
        return lossOf(whole, document, reader, loss).map(reason -> new Witness(encoding.mediaType(), document, reason));
    }

    private Optional<String> lossOf(Message written, String document, Descriptor reader, Suspicion.Loss loss) {
        return switch (encoding.read(document, reader)) {
            case Encoding.Reading.Refused(String reason) -> Optional.of(reason);
            case Encoding.Reading.Read(Message read) -> loss.of(written, read);
        };
    }
}
