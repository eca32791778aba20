package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Undecided;
import io.llmschema.model.Witness;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares messages in one encoding, and the messages that they hold, every pair once.
 *
 * <p>The rules say what is harmless; everything else is a suspicion, which is proven or stays undecided. Not safe for several threads.
 */
final class MessageComparison {
    private final Encoding encoding;
    private final Steps steps;
    private final Samples samples = new Samples();
    private final Trial trial;
    private final FieldChanges fields;
    private final MessageChanges messages;
    private final Findings findings = new Findings();
    private final Set<MessagePair> seen = new HashSet<>();
    private final Deque<MessagePair> waiting = new ArrayDeque<>();

    MessageComparison(Encoding encoding, Steps steps) {
        this.encoding = encoding;
        this.steps = steps;
        this.trial = new Trial(encoding, samples, steps);
        Sameness sameness = new Sameness(encoding);
        Candidates candidates = new Candidates(samples);
        TypeChanges types = new TypeChanges(encoding, sameness, candidates, steps, this::add);
        this.fields = new FieldChanges(encoding, sameness, candidates, types);
        this.messages = new MessageChanges(encoding, sameness, candidates);
    }

    /** Has two messages of the same name compared by the next {@link #run}, and what they hold. */
    void addNamesakes(MessagePair pair) {
        if (encoding.hasFields(pair.writer())) {
            add(pair);
        } else if (!WellKnownTypes.isSame(pair.writer(), pair.reader())) {
            findings.add(undecided(pair, "messages of that name have a form of their own in JSON"));
        }
    }

    /** Notes that the reader does not have a message of the writer. */
    void addRemoved(Descriptor writer) {
        if (findings.isFull()) {
            return;
        }
        String name = writer.getFullName();
        Optional<Witness> witness = samples.smallest(writer)
                .flatMap(encoding::write)
                .map(document -> new Witness(encoding.mediaType(), document, "there is no message of that name"));
        conclude(
                new Suspicion(
                        "message-removed",
                        name,
                        name,
                        "message \"" + Names.shortened(name) + "\" is unknown where it is read",
                        List::of,
                        (_, _) -> Optional.empty()),
                witness);
    }

    /** Compares what was added, and says what was found, until the steps are spent. */
    Findings run() {
        while (!waiting.isEmpty() && !findings.isFull()) {
            MessagePair pair = waiting.remove();
            compare(pair);
            if (!steps.areLeft()) {
                findings.add(undecided(pair, "the schemas are too large to be compared any further"));
                break;
            }
        }
        return findings;
    }

    private void add(MessagePair pair) {
        // What both import from the files that are always there is the very same, and so is everything in it.
        if (!pair.writer().equals(pair.reader()) && seen.add(pair)) {
            waiting.add(pair);
        }
    }

    private Undecided undecided(MessagePair pair, String reason) {
        return new Undecided(
                encoding.aspect(), pair.reader().getFullName(), pair.writer().getFullName(), reason);
    }

    private void compare(MessagePair pair) {
        steps.spend(1 + pair.reader().getFields().size());
        if (pair.writer().getOptions().getMessageSetWireFormat()
                != pair.reader().getOptions().getMessageSetWireFormat()) {
            findings.add(undecided(pair, "one of the two is a message set"));
            return;
        }
        judge(messages.of(pair), pair);
        for (FieldDescriptor field : pair.writer().getFields()) {
            steps.spend(1);
            if (findings.isFull() || !steps.areLeft()) {
                return;
            }
            judge(fields.of(field, pair), pair);
        }
    }

    private void judge(List<Suspicion> suspicions, MessagePair pair) {
        for (Suspicion suspicion : suspicions) {
            if (findings.isFull() || !steps.areLeft()) {
                return;
            }
            Optional<Witness> proof = trial.prove(suspicion, pair);
            // Where the steps ran out, the candidates did not; run() says so.
            if (proof.isPresent() || steps.areLeft()) {
                conclude(suspicion, proof);
            }
        }
    }

    private void conclude(Suspicion suspicion, Optional<Witness> proof) {
        proof.ifPresentOrElse(
                witness -> findings.add(new Incompatibility(
                        suspicion.rule(),
                        encoding.aspect(),
                        suspicion.readerPath(),
                        suspicion.writerPath(),
                        suspicion.message(),
                        witness)),
                () -> findings.add(new Undecided(
                        encoding.aspect(),
                        suspicion.readerPath(),
                        suspicion.writerPath(),
                        suspicion.message() + "; no message was found that shows what comes of it")));
    }
}
