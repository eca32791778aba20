package io.llmschema.benchmarks.atrest;

import io.llmschema.benchmarks.atrest.History.Step;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.directory.DirectoryBlobStore;
import io.llmschema.storage.postgres.BlobPlace;
import io.llmschema.storage.postgres.ContentMaintenance.Tiered;
import io.llmschema.storage.postgres.ContentMaintenance.TieringPolicy;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.storage.s3.S3BlobStore;
import io.llmschema.storage.s3.S3Config;
import io.llmschema.storage.s3.S3Credentials;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Registers a real history, and tells how small it lies there and how fast it comes back. */
public final class StorageAtRest {
    private static final int LARGE = BlobPlace.DEFAULT_INLINE_BYTES;
    private static final int READS = 10_000;
    private static final int WARMUP_READS = 2_000;
    private static final int TIERED_FROM = 100;
    private static final Duration UNREAD = Duration.ofDays(90);
    private static final int NEWEST = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 20;
    private static final int PROGRESS_EVERY = 500;

    private static final String LATENCIES = "reads of versions | reads | p50 ms | p95 ms | p99 ms | max ms";
    private static final String BUCKET = "schemas";

    private final Report report = new Report();
    private final Database database;
    private final History history;
    private final Set<String> parts;
    private final Random random;

    private StorageAtRest(Database database, History history, Set<String> parts, long seed) {
        this.database = database;
        this.history = history;
        this.parts = parts;
        this.random = new Random(seed);
    }

    /** @param args the folder of the corpus, the parts to run with commas between them, a seed, and perhaps a file for the report */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        long seed = Long.parseLong(args[2]);
        Report.progress("reading the history");
        History history = History.read(Path.of(args[0]));
        StorageAtRest run;
        try (Database database = Database.start()) {
            run = new StorageAtRest(database, history, Set.of(args[1].split(",")), seed);
            run.report.line(
                    ("%,d registrations, %,d deletions, seed %d. %,d schemas that our checks refuse are stored all the same;"
                                    + " their outline is a scan of the text.")
                            .formatted(history.registrations().count(), history.deletions(), seed, history.refused()));
            run.all();
        }
        if (args.length > 3) {
            run.report.write(Path.of(args[3]));
        }
        System.exit(run.report.failures() == 0 ? 0 : 1);
    }

    private void all() throws IOException, SQLException, InterruptedException {
        if (parts.contains("inline")) {
            inline();
        }
        if (parts.contains("blobs") || parts.contains("tier")) {
            blobs();
        }
        if (parts.contains("s3")) {
            s3();
        }
    }

    private long registeredBytes() {
        return history.registrations().mapToLong(Step.Register::bytes).sum();
    }

    private void inline() throws SQLException {
        report.title("Everything in PostgreSQL");
        try (PostgresStorage storage = PostgresStorage.open(database.create("inline"))) {
            List<Registered> registered = register(storage);
            Sizes.report(report, database, "inline", registeredBytes(), 0);
            read(storage, registered);
        }
    }

    private void blobs() throws IOException, SQLException {
        report.title("Above 1 MiB in a folder");
        Path folder = Files.createTempDirectory("blobs-");
        try (BlobStore blobs = new DirectoryBlobStore(folder);
                PostgresStorage storage = PostgresStorage.open(database.create("blobs"), new BlobPlace(blobs, LARGE))) {
            List<Registered> registered = register(storage);
            if (parts.contains("blobs")) {
                Sizes.report(report, database, "blobs", registeredBytes(), Sizes.ofFiles(folder));
                read(storage, registered);
            }
            if (parts.contains("tier")) {
                tier(storage, registered, folder);
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The whole history, by one client, step after step. */
    private List<Registered> register(PostgresStorage storage) {
        List<Registered> registered = new ArrayList<>();
        Latencies latencies = new Latencies();
        int done = 0;
        int deleted = 0;
        for (Step step : history.steps()) {
            switch (step) {
                case Step.Delete(var subject) -> {
                    // Some were deleted whose registration is not in the corpus.
                    if (storage.getSubject(subject).isPresent()) {
                        storage.deleteSubject(subject, Instant.now());
                        deleted++;
                    }
                }
                case Step.Register(var schema) -> {
                    long start = System.nanoTime();
                    Registration made = storage.registerSchema(schema, RegistrationRules.nextMinor());
                    latencies.add(System.nanoTime() - start);
                    if (made.isNew()) {
                        registered.add(new Registered(made.schema().id(), schema.subject(), schema.content()));
                    }
                }
            }
            if (++done % PROGRESS_EVERY == 0) {
                Report.progress(
                        "%,d of %,d registered".formatted(done, history.steps().size()));
            }
        }
        report.table("registrations by one client | count | p50 ms | p95 ms | p99 ms | max ms");
        report.line("| %.0f a second, %,d new versions, %d subjects deleted | %s |%n"
                .formatted(latencies.perSecond(), registered.size(), deleted, latencies.columns()));
        return registered;
    }

    /** By one client that has no cache, in random order. */
    private void read(PostgresStorage storage, List<Registered> registered) {
        Report.progress("reading %,d versions".formatted(READS));
        Latencies small = new Latencies();
        Latencies large = new Latencies();
        int wrong = 0;
        for (int i = -WARMUP_READS; i < READS; i++) {
            Registered one = registered.get(random.nextInt(registered.size()));
            long start = System.nanoTime();
            boolean isRight = one.isAsRegistered(storage);
            long taken = System.nanoTime() - start;
            wrong += isRight ? 0 : 1;
            if (i >= 0) {
                (one.content().size() > LARGE ? large : small).add(taken);
            }
        }
        report.line("");
        report.table(LATENCIES);
        report.line("| up to 1 MiB (aim: p99 below 5 ms) | %s |".formatted(small.columns()));
        report.line("| above 1 MiB | %s |".formatted(large.columns()));
        sameBytes(wrong, READS + WARMUP_READS);
    }

    private void sameBytes(int wrong, int all) {
        if (wrong == 0) {
            report.line("%nAll %,d were byte for byte what was registered.".formatted(all));
        } else {
            report.failed("%,d of %,d were not what was registered".formatted(wrong, all));
        }
    }

    /** The subject with the most versions: all but the newest go to archives, and come back. */
    private void tier(PostgresStorage storage, List<Registered> registered, Path folder)
            throws IOException, SQLException {
        Map<String, List<Registered>> bySubject = registered.stream()
                .collect(Collectors.groupingBy(one -> one.subject().name()));
        Map.Entry<String, List<Registered>> most = Collections.max(
                bySubject.entrySet(),
                Comparator.comparingInt(entry -> entry.getValue().size()));
        if (most.getValue().size() <= TIERED_FROM) {
            report.failed("no subject has more than %d versions".formatted(TIERED_FROM));
            return;
        }
        report.title("Cold versions in archives");
        String subject = most.getKey();
        database.update(
                "blobs", "UPDATE schemas SET created_at = created_at - interval '2 years' WHERE subject = ?", subject);
        long rowsBefore = Sizes.inRows(database, "blobs");
        long filesBefore = Sizes.ofFiles(folder);
        long start = System.nanoTime();
        Tiered tiered = storage.maintenance().tier(new TieringPolicy(UNREAD, NEWEST), false, (_, _) -> {});
        report.line("%s: %,d versions; %,d contents went to %,d archives in %.1f s.%n"
                .formatted(
                        subject,
                        most.getValue().size(),
                        tiered.contents(),
                        tiered.archives(),
                        (System.nanoTime() - start) / 1e9));
        report.table("what | bytes | registered bytes to these");
        report.line("| registered | %,d | |".formatted(tiered.bytes()));
        report.line("| in rows before | %,d | %s |"
                .formatted(tiered.storedBytes(), ratio(tiered.bytes(), tiered.storedBytes())));
        report.line("| in archives after | %,d | %s |"
                .formatted(tiered.archivedBytes(), ratio(tiered.bytes(), tiered.archivedBytes())));
        report.line("| all contents in rows, before and after | %,d and %,d | |"
                .formatted(rowsBefore, Sizes.inRows(database, "blobs")));
        report.line(
                "| all objects, before and after | %,d and %,d | |%n".formatted(filesBefore, Sizes.ofFiles(folder)));
        List<Registered> shuffled = new ArrayList<>(most.getValue());
        Collections.shuffle(shuffled, random);
        Latencies first = new Latencies();
        Latencies again = new Latencies();
        int wrong = readAll(storage, shuffled, first) + readAll(storage, shuffled, again);
        report.table(LATENCIES);
        report.line("| of that subject, the first time | %s |".formatted(first.columns()));
        report.line("| the second time | %s |".formatted(again.columns()));
        sameBytes(wrong, 2 * shuffled.size());
    }

    private static String ratio(long raw, long stored) {
        return String.format(Locale.ROOT, "%.1f:1", (double) raw / stored);
    }

    private static int readAll(PostgresStorage storage, List<Registered> versions, Latencies latencies) {
        int wrong = 0;
        for (Registered one : versions) {
            long start = System.nanoTime();
            boolean isRight = one.isAsRegistered(storage);
            latencies.add(System.nanoTime() - start);
            wrong += isRight ? 0 : 1;
        }
        return wrong;
    }

    /** The large versions, while the server that they go to ends in the middle and comes back. */
    private void s3() throws SQLException, InterruptedException {
        report.title("Above 1 MiB in S3, which is away for a while");
        Report.progress("starting an S3 server");
        List<Step.Register> large =
                history.registrations().filter(step -> step.bytes() > LARGE).toList();
        try (S3Server server = S3Server.start()) {
            server.createBucket(BUCKET);
            S3Config config = S3Config.of(server.url(BUCKET, "benchmark"))
                    .withCredentials(new S3Credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
            try (BlobStore blobs = new S3BlobStore(config);
                    PostgresStorage storage =
                            PostgresStorage.open(database.create("s3"), new BlobPlace(blobs, LARGE))) {
                registerWithoutS3(storage, server, large);
            }
        }
    }

    private void registerWithoutS3(PostgresStorage storage, S3Server server, List<Step.Register> large)
            throws SQLException, InterruptedException {
        List<Registered> registered = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger done = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Latencies latencies = new Latencies();
        Thread client = Thread.ofPlatform().name("client").start(() -> {
            for (Step.Register step : large) {
                long start = System.nanoTime();
                try {
                    Registration made = storage.registerSchema(step.schema(), RegistrationRules.nextMinor());
                    registered.add(new Registered(
                            made.schema().id(),
                            step.schema().subject(),
                            step.schema().content()));
                } catch (RegistryException e) {
                    Report.progress("refused: %s".formatted(e.getMessage()));
                    refused.incrementAndGet();
                }
                latencies.add(System.nanoTime() - start);
                done.incrementAndGet();
            }
        });
        await(client, done, large.size() / 3);
        server.kill();
        Report.progress("S3 ended after %d".formatted(done.get()));
        await(client, done, 2 * large.size() / 3);
        long waiting = waiting();
        long restarted = System.nanoTime();
        server.restart();
        double startTook = seconds(restarted);
        long back = System.nanoTime();
        Report.progress("S3 is back after %d".formatted(done.get()));
        client.join();
        while (waiting() > 0 && seconds(back) < PATIENCE.toSeconds()) {
            Thread.sleep(POLL_MILLIS);
        }
        double settled = seconds(back);
        long objects = database.number("s3", "SELECT count(*) FROM contents WHERE encoding = 4");
        int wrong = (int)
                registered.stream().filter(one -> !one.isAsRegistered(storage)).count();
        report.line(
                ("%,d registrations of %.1f MB, %,d refused; %,d contents awaited S3 when it was started again (%.1f s to start)."
                                + " %.1f s after it was back none did, and %,d contents were objects.%n")
                        .formatted(
                                large.size(),
                                large.stream().mapToLong(Step.Register::bytes).sum() / Sizes.MB,
                                refused.get(),
                                waiting,
                                startTook,
                                settled,
                                objects));
        report.table("registrations by one client | count | p50 ms | p95 ms | p99 ms | max ms");
        report.line("| above 1 MiB | %s |".formatted(latencies.columns()));
        if (refused.get() > 0) {
            report.failed("%,d registrations were refused".formatted(refused.get()));
        }
        if (waiting() > 0) {
            report.failed("%,d contents still await S3".formatted(waiting()));
        }
        sameBytes(wrong, registered.size());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private long waiting() throws SQLException {
        return database.number("s3", "SELECT count(*) FROM contents WHERE awaits_blob");
    }

    private static void await(Thread client, AtomicInteger done, int count) throws InterruptedException {
        while (client.isAlive() && done.get() < count) {
            Thread.sleep(1);
        }
    }
}
