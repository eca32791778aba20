package io.llmschema.cli;

import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of commands that send much: how much of it at a time, and how long they wait for a registry that is away. */
final class SideBySideOptions {
    /** The most that is sent at a time. */
    static final int MAX_CONCURRENCY = 64;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "So much is sent side by side, 1 to " + MAX_CONCURRENCY + ". Default: 8")
    private int concurrency = 8;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Durations.class,
            description = "How long to try again while a registry is away. Default: 60s")
    private Duration patience = Duration.ofSeconds(60);

    /** {@link CommandFailure} if it is out of bounds. */
    int concurrency() {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new CommandFailure(ExitCode.USAGE, "--concurrency is a number from 1 to " + MAX_CONCURRENCY);
        }
        return concurrency;
    }

    Duration patience() {
        return patience;
    }

    /** @param news hears of an outage and of its end */
    Retries retries(Interruption interruption, Consumer<String> news) {
        return new Retries(patience, interruption::await, System::nanoTime, news);
    }
}
