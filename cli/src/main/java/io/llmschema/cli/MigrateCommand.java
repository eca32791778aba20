package io.llmschema.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code migrate}: nothing without one of its commands. */
@Command(
        name = "migrate",
        description = {
            "Moves to and from registries that speak as Confluent's does, and reads and writes their topic.",
            "Versions keep their numbers and ids, so that what was written with them can still be read."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nllmschema migrate COMMAND --help says more, with examples.%n")
final class MigrateCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new LlmschemaCommand.NoCommand(spec.commandLine());
    }
}
