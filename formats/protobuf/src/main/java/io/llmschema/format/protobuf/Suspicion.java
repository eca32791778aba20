package io.llmschema.format.protobuf;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A difference between two messages that no rule calls harmless, and what may prove it.
 *
 * @param candidates what to try, the likeliest first
 * @param loss what to look at when a candidate was read
 */
record Suspicion(
        String rule,
        String readerPath,
        String writerPath,
        String message,
        Supplier<List<Candidate>> candidates,
        Loss loss) {
    /** A look at one place of a message that was read. */
    @FunctionalInterface
    interface Loss {
        /** What is missing there or is not what was written; empty if nothing. */
        Optional<String> of(Message written, Message read);
    }
}
