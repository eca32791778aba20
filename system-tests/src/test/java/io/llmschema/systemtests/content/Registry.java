package io.llmschema.systemtests.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.postgres.ContentMaintenance.Orphan;
import io.llmschema.storage.postgres.ContentMaintenance.Verified;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A site with a server that is killed and started again, and all that it ever acknowledged. Used by one thread. */
final class Registry implements AutoCloseable {
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(60);

    private final Site site;
    private final Map<String, String> contents = new LinkedHashMap<>();
    private ServerProcess server;

    Registry(Site site) throws IOException {
        this.site = site;
        this.server = site.start();
    }

    Site site() {
        return site;
    }

    ServerProcess server() {
        return server;
    }

    Client client() {
        return Client.of(server);
    }

    /** Must succeed; returns the version's id. */
    String register(String subject, String content) throws IOException {
        String id = client().register(subject, content).id();
        contents.put(id, content);
        return id;
    }

    void startAgain() throws IOException {
        server.close();
        server = site.start();
    }

    /** Everything that was ever acknowledged is there, byte for byte; S3 may have come back just now. */
    void checkContents() throws IOException {
        Client client = client();
        for (Map.Entry<String, String> content : contents.entrySet()) {
            AtomicReference<Client.Answer> answer = new AtomicReference<>(client.content(content.getKey()));
            Eventually.until(
                    RECOVERY_TIMEOUT,
                    () -> {
                        if (answer.get().status() == 503) {
                            answer.set(client.content(content.getKey()));
                        }
                        return answer.get().status() != 503;
                    },
                    () -> answer.get() + "\n" + server.output());
            assertThat(answer.get().text()).as(server.output()).isEqualTo(content.getValue());
            assertThat(answer.get().status()).isEqualTo(200);
        }
    }

    void checkWhole() {
        try (PostgresStorage storage = site.storage()) {
            Verified verified = storage.maintenance().verify((_, _) -> {});
            assertThat(verified.damages()).isEmpty();
            assertThat(verified.inRows() + verified.inBlobs() + verified.inArchives())
                    .isEqualTo(site.count("contents"));
        }
    }

    /** Sweeps, without any grace, and sees that exactly what nobody refers to goes; returns how much that was. */
    int sweep() throws SQLException {
        ageUploads();
        Set<Fingerprint> before = site.objects();
        Set<Fingerprint> unreferenced = new HashSet<>(before);
        unreferenced.removeAll(referenced());
        try (PostgresStorage storage = site.storage()) {
            assertThat(hashes(storage.maintenance().sweep(Duration.ZERO, true, (_, _) -> {})))
                    .isEqualTo(unreferenced);
            assertThat(site.objects()).isEqualTo(before);
            assertThat(hashes(storage.maintenance().sweep(Duration.ZERO, false, (_, _) -> {})))
                    .isEqualTo(unreferenced);
        }
        before.removeAll(unreferenced);
        assertThat(site.objects()).isEqualTo(before);
        assertThat(site.count("blob_uploads")).isZero();
        assertThat(site.count("blob_removals")).isZero();
        return unreferenced.size();
    }

    /** As if whoever died over an upload had died long ago; else its note would be respected. */
    void ageUploads() {
        site.execute("UPDATE blob_uploads SET started_at = now() - interval '1 day'");
    }

    /** A sweep does first what others had begun: an object may go then that is needed again, and come back. */
    void finishRemovals() {
        try (PostgresStorage storage = site.storage()) {
            assertThat(storage.maintenance().sweep(Duration.ZERO, false, (_, _) -> {}))
                    .isEmpty();
        }
        assertThat(site.count("blob_removals")).isZero();
    }

    /** When a content is moved that comes behind all others, those have been looked at. */
    void awaitPassOfMover(Texts texts) throws IOException {
        String last = texts.small();
        register("last-" + Texts.hash(last), last);
        String row = "contents WHERE raw_hash = " + Texts.sql(last);
        site.execute("UPDATE contents SET awaits_blob = true WHERE raw_hash = " + Texts.sql(last));
        site.awaitSome(row + " AND encoding = 4", server);
    }

    private static Set<Fingerprint> hashes(List<Orphan> orphans) {
        return orphans.stream().map(Orphan::hash).collect(Collectors.toSet());
    }

    private Set<Fingerprint> referenced() throws SQLException {
        Set<Fingerprint> hashes = new HashSet<>();
        try (Connection connection = site.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT raw_hash FROM contents WHERE encoding = 4 OR awaits_blob UNION SELECT archive FROM contents"
                                + " WHERE archive IS NOT NULL")) {
            while (rows.next()) {
                hashes.add(Fingerprint.ofBytes(rows.getBytes(1)));
            }
        }
        return hashes;
    }

    /** Does the maintenance in a process of its own. */
    ServerProcess maintain(String... command) throws IOException {
        return new ServerProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maintenance.class.getName(),
                        site.databaseUrl(),
                        site.blobUrl(),
                        String.join(" ", command)))
                .directory(site.folder().toFile())
                .redirectErrorStream(true)
                .start());
    }

    @Override
    public void close() {
        server.close();
    }
}
