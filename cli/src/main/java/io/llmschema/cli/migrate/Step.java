package io.llmschema.cli.migrate;

/** One change to a version that makes the target more like the source. */
sealed interface Step {
    VersionKey key();

    record Register(VersionKey key) implements Step {}

    /** Softly, as at the source. */
    record Delete(VersionKey key) implements Step {}
}
