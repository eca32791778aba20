package io.llmschema.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: nothing without one of its commands. */
@Command(
        name = "llmschema",
        description = {
            "Keeps every version of every schema (JSON Schema, Avro, Protobuf), and finds it.",
            "All commands but serve and storage speak to a running registry."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nllmschema COMMAND --help says more, with examples.%n%nExit codes:%n")
final class LlmschemaCommand implements Runnable {
    /** Nothing was asked for. */
    static final class NoCommand extends ParameterException {
        NoCommand(CommandLine program) {
            super(program, "name a command");
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new NoCommand(spec.commandLine());
    }
}
