package io.llmschema.cli;

import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option that says how long a command waits for a registry that is away. */
final class PatienceOption {
    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = Durations.class,
            description = "How long to try again while the registry is away. Default: 0s, not at all")
    private Duration patience = Duration.ZERO;

    /** @param news hears of an outage and of its end */
    Retries retries(Interruption interruption, Consumer<String> news) {
        return new Retries(patience, interruption::await, System::nanoTime, news);
    }
}
