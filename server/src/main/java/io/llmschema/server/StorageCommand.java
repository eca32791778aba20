package io.llmschema.server;

import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.postgres.ContentMaintenance.Damage;
import io.llmschema.storage.postgres.ContentMaintenance.Orphan;
import io.llmschema.storage.postgres.ContentMaintenance.Tiered;
import io.llmschema.storage.postgres.ContentMaintenance.TieringPolicy;
import io.llmschema.storage.postgres.ContentMaintenance.Verified;
import io.llmschema.storage.s3.S3Config;
import io.llmschema.storage.s3.S3Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code llmschema storage}: what an operator does to the contents of a registry. */
@Command(
        name = "llmschema storage",
        mixinStandardHelpOptions = true,
        version = "llmschema 0.1.0",
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Looks after the contents of a registry, while it runs or not.",
            "",
            "It works on the database and the blob store themselves: give it the options, the environment or the"
                    + " configuration file of the server.",
            ""
        },
        footer = {"", "Exit codes: 0 all is well, 1 something is damaged or could not be done, 2 wrong options."})
public final class StorageCommand implements Runnable {
    private static final int NOT_WELL = 1;
    private static final int MAX_LISTED = 20;
    private static final String DEFAULT_GRACE_HOURS = "24";
    private static final int MAX_HOURS = 24 * 365;
    private static final int MAX_DAYS = 3_650;
    private static final double MIB = 1024.0 * 1024;

    @Spec
    private @Nullable CommandSpec spec;

    StorageCommand() {}

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "name a command");
    }

    @Command(
            name = "setup",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 100,
            description = {
                "Makes the bucket as it should be, or the folder: versions kept, encrypted, closed to the public; old"
                        + " versions of objects expire after " + S3Setup.NONCURRENT_DAYS + " days.",
                "It can be repeated, and changes only what is not so."
            },
            footer = {"", "Example:", "  llmschema storage setup --blob-url 's3://schemas/prod?region=eu-central-1'"})
    int setup(@Mixin StoreOptions store) throws IOException {
        PrintWriter out = out();
        String url = store.blobs().url();
        if (url == null) {
            throw new IllegalArgumentException("name the bucket or the folder with " + BlobOptions.URL);
        }
        if (!BlobOptions.BlobConfig.isS3(url)) {
            Files.createDirectories(Path.of(url));
            out.println("the folder " + Path.of(url).toAbsolutePath().normalize() + " is there");
            return CommandLine.ExitCode.OK;
        }
        List<S3Setup.Step> steps = S3Setup.run(S3Config.of(url));
        steps.forEach(out::println);
        return steps.stream().anyMatch(step -> step.outcome() == S3Setup.Outcome.FAILED)
                ? NOT_WELL
                : CommandLine.ExitCode.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 100,
            description = {
                "Reads every content from wherever it lies, computes its hash anew, and names each that is damaged.",
                "A damaged content is never handed out; bring it back from a backup, or register it again."
            },
            footer = {"", "Example:", "  llmschema storage verify --data-dir /var/lib/llmschema"})
    int verify(@Mixin StoreOptions store) throws IOException {
        Verified verified;
        try (MaintenanceProgress progress = MaintenanceProgress.of("verified", err())) {
            verified = store.with(maintenance -> maintenance.verify(progress));
        }
        PrintWriter out = out();
        out.printf(
                Locale.ROOT,
                "%,d contents read, %.1f MiB: %,d in the database, %,d in the blob store, %,d in archives%n",
                verified.inRows() + verified.inBlobs() + verified.inArchives(),
                verified.bytes() / MIB,
                verified.inRows(),
                verified.inBlobs(),
                verified.inArchives());
        if (verified.damaged() == 0) {
            out.println("none is damaged");
            return CommandLine.ExitCode.OK;
        }
        out.printf(Locale.ROOT, "%,d damaged:%n", verified.damaged());
        verified.damages().forEach(damage -> out.println(line(damage)));
        if (verified.damaged() > verified.damages().size()) {
            out.printf(
                    Locale.ROOT,
                    "… and %,d more%n",
                    verified.damaged() - verified.damages().size());
        }
        return NOT_WELL;
    }

    private static String line(Damage damage) {
        return "  %s in %s: %s%n    is %s"
                .formatted(
                        damage.hash(),
                        damage.where(),
                        damage.how(),
                        damage.versions().stream().map(StorageCommand::name).collect(Collectors.joining(", ")));
    }

    private static String name(SchemaSummary schema) {
        return "%s %s (tenant %s, id %s)"
                .formatted(
                        schema.subject().name(),
                        schema.version(),
                        schema.subject().tenant(),
                        schema.id().uuid());
    }

    @Command(
            name = "tier",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 100,
            description = {
                "Packs versions that nobody reads into compressed archives in the blob store, and removes them from the"
                        + " database. A read brings them back.",
                "The latest version of a subject always stays."
            },
            footer = {
                "",
                "Examples:",
                "  llmschema storage tier --dry-run",
                "  llmschema storage tier --unread-days 180 --keep-newest 5"
            })
    int tier(
            @Mixin StoreOptions store,
            @Option(names = "--dry-run", description = "Only say what would move, and what that saves.")
                    boolean isDryRun,
            @Option(
                            names = "--unread-days",
                            paramLabel = "DAYS",
                            defaultValue = "90",
                            description = "Versions that nobody has read for so long, nor registered (default:"
                                    + " ${DEFAULT-VALUE}). The server counts reads for --access-retention-days: keep this"
                                    + " below it.")
                    int unreadDays,
            @Option(
                            names = "--keep-newest",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "The newest versions of each subject that stay (default: ${DEFAULT-VALUE}).")
                    int keepNewest)
            throws IOException {
        ServerConfig.check("--unread-days", unreadDays, 0, MAX_DAYS);
        ServerConfig.check("--keep-newest", keepNewest, 1, Integer.MAX_VALUE);
        TieringPolicy policy = new TieringPolicy(Duration.ofDays(unreadDays), keepNewest);
        Tiered tiered;
        try (MaintenanceProgress progress = MaintenanceProgress.of("subjects", err())) {
            tiered = store.with(maintenance -> maintenance.tier(policy, isDryRun, progress));
        }
        out().printf(
                        Locale.ROOT,
                        "%s %,d contents of %,d subjects (%.1f MiB as registered) into %,d archives%n"
                                + "%s %.2f MiB in the database, %s %.2f MiB in the blob store%n",
                        isDryRun ? "would move" : "moved",
                        tiered.contents(),
                        tiered.subjects(),
                        tiered.bytes() / MIB,
                        tiered.archives(),
                        isDryRun ? "they take" : "they took",
                        tiered.storedBytes() / MIB,
                        isDryRun ? "would take" : "take",
                        tiered.archivedBytes() / MIB);
        if (tiered.damaged() > 0) {
            out().printf(
                            Locale.ROOT,
                            "%,d damaged contents stay, and so may the rest of their subjects; llmschema storage verify names them%n",
                            tiered.damaged());
            return NOT_WELL;
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "sweep",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 100,
            description = {
                "Removes objects of the blob store that nothing in the database refers to, as a crash may leave them.",
                "Never sweep a bucket that two registries share under one prefix: to each the other's objects are orphans."
            },
            footer = {"", "Example:", "  llmschema storage sweep --dry-run"})
    int sweep(
            @Mixin StoreOptions store,
            @Option(names = "--dry-run", description = "Only list them.") boolean isDryRun,
            @Option(
                            names = "--grace-hours",
                            paramLabel = "HOURS",
                            defaultValue = DEFAULT_GRACE_HOURS,
                            description = "Younger objects are left alone (default: ${DEFAULT-VALUE}).")
                    int graceHours)
            throws IOException {
        ServerConfig.check("--grace-hours", graceHours, 0, MAX_HOURS);
        List<Orphan> orphans;
        try (MaintenanceProgress progress = MaintenanceProgress.of("objects", err())) {
            orphans = store.with(maintenance -> maintenance.sweep(Duration.ofHours(graceHours), isDryRun, progress));
        }
        PrintWriter out = out();
        orphans.stream()
                .limit(MAX_LISTED)
                .forEach(orphan -> out.printf(Locale.ROOT, "  %s %,d bytes%n", orphan.hash(), orphan.bytes()));
        if (orphans.size() > MAX_LISTED) {
            out.printf(Locale.ROOT, "  … and %,d more%n", orphans.size() - MAX_LISTED);
        }
        out.printf(
                Locale.ROOT,
                "%,d orphans, %.1f MiB, %s%n",
                orphans.size(),
                orphans.stream().mapToLong(Orphan::bytes).sum() / MIB,
                isDryRun ? "would be removed" : "removed");
        return CommandLine.ExitCode.OK;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    public static void main(String[] args) throws IOException {
        Main.configureLogging();
        CommandLine commandLine = new CommandLine(new StorageCommand());
        commandLine.getSubcommands().values().forEach(command -> command.addMixin(ConfigFile.OPTION, new ConfigFile()));
        try {
            commandLine.setDefaultValueProvider(Main.defaults(args));
        } catch (IOException | ParameterException e) {
            commandLine.getErr().println("llmschema: " + e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        commandLine.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        System.exit(commandLine.execute(args));
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        boolean isUsage = failure instanceof IllegalArgumentException;
        if (!isUsage
                && !(failure instanceof IOException
                        || failure instanceof RegistryException
                        || failure instanceof IllegalStateException)) {
            throw failure;
        }
        command.getErr().println("llmschema: " + failure.getMessage());
        return isUsage ? CommandLine.ExitCode.USAGE : NOT_WELL;
    }
}
