package io.llmschema.cli.migrate;

/** That somebody wanted a migration to stop, and it did. */
public final class Stopped extends RuntimeException {
    Stopped() {
        super("stopped", null, false, false);
    }
}
