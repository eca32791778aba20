package io.llmschema.cli;

import java.time.Duration;

/** The process: its streams, its Ctrl-C and its exit code. */
public final class Main {
    /** How long Ctrl-C waits for a command that wants to end in order. */
    private static final Duration MAX_FAREWELL = ImportRun.MAX_FAREWELL.plusSeconds(10);

    private Main() {}

    public static void main(String[] args) {
        Interruption interruption = new Interruption();
        // After Ctrl-C the process ends with 130 as soon as this hook does, whatever main() returns.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            interruption.request();
            interruption.awaitRelease(MAX_FAREWELL);
        }));
        System.exit(Cli.run(Console.ofProcess(), interruption, args));
    }
}
