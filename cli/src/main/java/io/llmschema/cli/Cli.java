package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Refused;
import io.llmschema.cli.RegistryFailure.Unreachable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line put together: its commands, its help, and the exit code of whatever happens. */
final class Cli {
    private static final int HELP_WIDTH = 110;

    /** Started by the launcher from another program, so that this one needs nothing of the server. */
    private static final String SERVE = "Starts a registry on this machine; by itself it brings its own database";

    /** The same. */
    private static final String STORAGE = "Verifies, archives and cleans up what a registry stores; sets up its bucket";

    private Cli() {}

    /** Runs the program to its end; its exit code. */
    static int run(Console console, Interruption interruption, String... args) {
        CommandLine program = new CommandLine(new LlmschemaCommand())
                .addSubcommand(new RegisterCommand(console))
                .addSubcommand(new GetCommand(console))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new SearchCommand(console))
                .addSubcommand(new CheckCommand(console, interruption))
                .addSubcommand(new DiffCommand(console, interruption))
                .addSubcommand(new ValidateCommand(console, interruption))
                .addSubcommand(new ValidateSchemaCommand(console, interruption))
                .addSubcommand(new ImportCommand(console, interruption))
                .addSubcommand(new ExportCommand(console))
                .addSubcommand(migrate(console, interruption));
        program.setCaseInsensitiveEnumValuesAllowed(true);
        describe(program);
        program.getCommandSpec().usageMessage().footer(ExitCode.table().split("\\R"));
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Cli::commandList);
        program.setOut(console.out());
        program.setErr(console.err());
        program.setParameterExceptionHandler((exception, arguments) -> explain(console, exception));
        program.setExecutionExceptionHandler((exception, command, parsed) -> explain(console, exception, parsed));
        int code = program.execute(args);
        console.out().flush();
        console.err().flush();
        return code;
    }

    private static CommandLine migrate(Console console, Interruption interruption) {
        return new CommandLine(new MigrateCommand())
                .addSubcommand(new MigrateFromCommand(console, interruption))
                .addSubcommand(new MigrateToCommand(console, interruption))
                .addSubcommand(new ImportTopicCommand(console, interruption))
                .addSubcommand(new ExportTopicCommand(console, interruption));
    }

    private static void describe(CommandLine command) {
        command.getSubcommands().values().forEach(Cli::describe);
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help")
                        .build());
        command.setUsageHelpWidth(HELP_WIDTH);
        command.setUsageHelpAutoWidth(false);
        if (command.getCommand() instanceof SearchCommand) {
            // So that "search invoice -draft" finds invoices that are no drafts; the command looks after wrong options
            // itself.
            command.setUnmatchedOptionsArePositionalParams(true);
        }
    }

    private static String commandList(Help help) {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("serve", SERVE);
        commands.put("storage", STORAGE);
        help.subcommands()
                .forEach((name, subcommand) -> commands.put(
                        name, subcommand.commandSpec().usageMessage().description()[0]));
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        return commands.entrySet().stream()
                .map(command -> "  %s%s  %s%n"
                        .formatted(
                                command.getKey(),
                                " ".repeat(width - command.getKey().length()),
                                command.getValue()))
                .collect(Collectors.joining());
    }

    private static int explain(Console console, ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        if (exception instanceof LlmschemaCommand.NoCommand) {
            command.usage(console.err());
        } else {
            console.err().println("llmschema: " + exception.getMessage());
            console.err().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.code();
    }

    private static int explain(Console console, Exception exception, ParseResult parsed) {
        ExitCode exit = switch (exception) {
            case Unreachable unreachable -> ExitCode.UNREACHABLE;
            case CommandFailure failure -> failure.exit();
            default -> ExitCode.REFUSED;
        };
        if (exception instanceof Refused refused && isJson(parsed)) {
            console.out().println(refused.problem().document());
        }
        boolean isOurs = exception instanceof RegistryFailure || exception instanceof CommandFailure;
        console.err()
                .println("llmschema: " + (isOurs ? exception.getMessage() : "this should not happen: " + exception));
        return exit.code();
    }

    private static boolean asksForJson(ParseResult command) {
        return command.hasMatchedOption("--json")
                // Of get, --output is a file.
                || ReportFormat.JSON.equals(command.<Object>matchedOptionValue("--output", ReportFormat.TEXT));
    }

    private static boolean isJson(ParseResult parsed) {
        return parsed.hasSubcommand() ? isJson(parsed.subcommand()) : asksForJson(parsed);
    }
}
