package io.llmschema.server;

import io.llmschema.http.confluentapi.ConfluentLevel;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.SubjectSettings;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.storage.postgres.PostgresConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code llmschema serve}: a server from its start to the signal that ends it. */
@Command(
        name = "llmschema serve",
        mixinStandardHelpOptions = true,
        version = "llmschema 0.1.0",
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Starts a schema registry.",
            "",
            "Without --database-url it keeps everything in a PostgreSQL of its own, under --data-dir; nothing has to"
                    + " be installed. It stops cleanly on Ctrl-C or SIGTERM, and recovers by itself from anything worse.",
            ""
        },
        footer = {
            "",
            "Every option can also be set in the environment (--data-dir as LLMSCHEMA_DATA_DIR) or in the"
                    + " configuration file (data-dir = /var/lib/llmschema). The command line counts most, the file least.",
            "",
            "Examples:",
            "  llmschema serve",
            "  llmschema serve --port 9000 --data-dir /var/lib/llmschema",
            "  llmschema serve --host 0.0.0.0 --database-url postgresql://registry:secret@db:5432/registry",
            "",
            "Exit codes: 0 stopped, 1 could not start, 2 wrong options; 130 or 143 ended by a signal."
        })
public final class Main implements Callable<Integer> {
    private static final int CANNOT_START = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on (default: ${DEFAULT-VALUE}, this machine only). There is no authentication"
                            + " yet: open it to a network you trust, or behind a proxy.")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8081",
            description = "Port to listen on (default: ${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Where the embedded PostgreSQL keeps its data (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "A PostgreSQL 15 or newer to use instead, as postgresql://user:password@host:5432/database or"
                    + " jdbc:postgresql://…")
    private @Nullable String databaseUrl;

    @Option(
            names = "--database-pool-size",
            paramLabel = "N",
            defaultValue = "" + PostgresConfig.DEFAULT_POOL_SIZE,
            description = "Most connections to PostgreSQL (default: ${DEFAULT-VALUE}).")
    private int databasePoolSize;

    @Option(
            names = "--max-content-bytes",
            paramLabel = "BYTES",
            defaultValue = "" + RegistryLimits.DEFAULT_MAX_CONTENT_BYTES,
            description = "The largest schema that is accepted (default: ${DEFAULT-VALUE}).")
    private int maxContentBytes;

    @Option(
            names = "--compatibility",
            paramLabel = "LEVEL",
            defaultValue = "BACKWARD",
            description =
                    "The compatibility that new versions must have where neither the tenant nor the subject has set"
                            + " another: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private CompatibilityLevel compatibility = CompatibilityLevel.BACKWARD;

    @Option(
            names = "--allow-lower-versions",
            description =
                    "Let versions be registered under lower numbers than the change deserves, where neither the tenant"
                            + " nor the subject has set otherwise.")
    private boolean allowsLowerVersions;

    @Option(
            names = "--confluent-level",
            paramLabel = "RELEASE",
            defaultValue = "7.9",
            description =
                    "The release of Confluent's Schema Registry as which the server speaks at the root of its port: 7.4, 7.9, 8.0,"
                            + " 8.1, 8.2 or 8.3 (default: ${DEFAULT-VALUE}).")
    private String confluentLevel = "";

    @Option(
            names = "--access-flush-seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long reads are counted in memory before they are written (default: ${DEFAULT-VALUE}).")
    private int accessFlushSeconds;

    @Option(
            names = "--access-retention-days",
            paramLabel = "DAYS",
            defaultValue = "" + ServerConfig.DEFAULT_ACCESS_RETENTION_DAYS,
            description = "How long counts of reads are kept (default: ${DEFAULT-VALUE}).")
    private int accessRetentionDays;

    @Option(
            names = "--validation-flush-seconds",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long results of validations wait in memory before they are written (default: ${DEFAULT-VALUE}).")
    private int validationFlushSeconds;

    @Option(
            names = "--validation-retention-days",
            paramLabel = "DAYS",
            defaultValue = "" + ServerConfig.DEFAULT_VALIDATION_RETENTION_DAYS,
            description =
                    "How long results of validations are kept, to the end of a month (default: ${DEFAULT-VALUE}).")
    private int validationRetentionDays;

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Mixin
    private BlobOptions blobs = new BlobOptions();

    private Main() {}

    public static void main(String[] args) throws IOException {
        configureLogging();
        CommandLine commandLine = new CommandLine(new Main()).addMixin(ConfigFile.OPTION, new ConfigFile());
        try {
            commandLine.setDefaultValueProvider(defaults(args));
        } catch (IOException | ParameterException e) {
            commandLine.getErr().println("llmschema: " + e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(commandLine.execute(args));
    }

    static void configureLogging() throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream in = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(in);
        }
    }

    /** For this command and for others that are told the same: the file may have all that a server is told. */
    static Defaults defaults(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        return Defaults.of(
                environment,
                ConfigFile.of(args, environment.get("LLMSCHEMA_CONFIG")),
                optionNames(new CommandLine(new Main())));
    }

    private static Set<String> optionNames(CommandLine commandLine) {
        return commandLine.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(option -> option.longestName().replaceFirst("^-+", ""))
                .filter(name -> !name.equals(ConfigFile.OPTION))
                .collect(Collectors.toSet());
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        ServerConfig server;
        try {
            server = new ServerConfig(
                    host,
                    port,
                    dataDir,
                    databaseUrl,
                    databasePoolSize,
                    maxContentBytes,
                    new SubjectSettings(compatibility, null, null, null, null, allowsLowerVersions, null)
                            .over(SettingsInForce.DEFAULT),
                    cache.config(),
                    blobs.config(databaseUrl == null ? dataDir : null),
                    ConfluentLevel.parse(confluentLevel),
                    accessFlushSeconds,
                    accessRetentionDays,
                    validationFlushSeconds,
                    validationRetentionDays);
        } catch (IllegalArgumentException e) {
            err.println("llmschema: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        try {
            Assembly assembly = new Assembly(server);
            CountDownLatch stopped = new CountDownLatch(1);
            // Before the start, because a signal may come in the middle of it, when PostgreSQL runs already.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(assembly, out, err, stopped), "stop"));
            assembly.start();
            out.println("storage    " + assembly.storageLine());
            out.println("listening  " + assembly.url() + "  (API: " + assembly.url() + "/docs)");
            out.flush();
            stopped.await();
            return CommandLine.ExitCode.OK;
        } catch (IOException | StorageUnavailable | IllegalArgumentException e) {
            err.println("llmschema: " + e.getMessage());
            return CANNOT_START;
        }
    }

    private static void stop(Assembly assembly, PrintWriter out, PrintWriter err, CountDownLatch stopped) {
        boolean isRunning = assembly.isRunning();
        say(isRunning ? "stopping" : "", out);
        try {
            assembly.close();
            say(isRunning ? "stopped" : "", out);
        } catch (IOException e) {
            err.println("llmschema: not everything stopped cleanly: " + e.getMessage());
            err.flush();
        } finally {
            stopped.countDown();
        }
    }

    private static void say(String line, PrintWriter out) {
        if (!line.isEmpty()) {
            out.println(line);
            out.flush();
        }
    }
}
