package io.llmschema.cli;

/** A command that cannot go on for a reason of its own, such as a file that cannot be read; the message says what to do. */
final class CommandFailure extends RuntimeException {
    private final ExitCode exit;

    CommandFailure(ExitCode exit, String message) {
        super(message);
        this.exit = exit;
    }

    ExitCode exit() {
        return exit;
    }
}
