package io.llmschema.cli;

import io.llmschema.cli.TopicFile.BadLine;
import io.llmschema.cli.migrate.DialectRegistry;
import io.llmschema.cli.migrate.Migration;
import io.llmschema.cli.migrate.MigrationResult;
import io.llmschema.cli.migrate.Refusal;
import io.llmschema.cli.migrate.RegistryView;
import io.llmschema.cli.migrate.Stopped;
import java.util.List;
import java.util.function.Supplier;

/** A migration as the command line has it: carried out, told, and its exit code found. */
final class MigrationSession {
    private final Console console;
    private final Interruption interruption;
    private final DialectOptions dialect;
    private final MigrationProgress progress;

    MigrationSession(Console console, Interruption interruption, DialectOptions dialect) {
        this.console = console;
        this.interruption = interruption;
        this.dialect = dialect;
        this.progress = new MigrationProgress(console.err());
    }

    MigrationProgress progress() {
        return progress;
    }

    /**
     * Copies all of one registry into another.
     *
     * @param badLines of the file that the source was read from
     */
    int copy(RegistryView source, DialectRegistry target, MigrationOptions options, List<BadLine> badLines) {
        return exitOf(() -> {
            Migration.Terms terms =
                    new Migration.Terms(dialect.concurrency(), options.isWithModes(), interruption::isRequested);
            MigrationResult result = new Migration(source, target, terms, progress).run();
            MigrationReport report = new MigrationReport(result, badLines);
            options.report().ifPresent(report::writeTo);
            tell(report);
            return report.exit();
        });
    }

    private void tell(MigrationReport report) {
        if (dialect.isJson()) {
            console.out().println(report.toJson());
        } else {
            report.print(console.out());
        }
        console.out().flush();
    }

    /** The exit code of work that somebody may stop, and that a registry may refuse as a whole. */
    int exitOf(Supplier<ExitCode> work) {
        Interruption.Hold hold = interruption.hold();
        try (hold) {
            return work.get().code();
        } catch (Stopped stopped) {
            progress.say("interrupted; subjects that were being copied may still be in mode IMPORT at the target;"
                    + " run the same command again to go on");
            return ExitCode.INTERRUPTED.code();
        } catch (Refusal refusal) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "a registry refused to be asked (" + refusal.code() + "): " + refusal.getMessage());
        }
    }
}
