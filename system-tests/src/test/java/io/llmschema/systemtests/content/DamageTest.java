package io.llmschema.systemtests.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.systemtests.recovery.ServerProcess;
import io.llmschema.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bit of a stored content is another: it is told, wherever that lies, and what is there instead is never given out. */
final class DamageTest {
    private static final Texts TEXTS = Texts.of(DamageTest.class);
    private static final int VERSIONS = 20;
    private static final String BUCKET = "damage-bucket";

    private static Machines machines;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        machines = Machines.start(folder);
    }

    @AfterAll
    static void end() throws IOException {
        machines.close();
    }

    /** A version that has been registered. */
    private record Version(String id, String subject, String content) {
        static Version register(Client client, String subject, String content) throws IOException {
            return new Version(client.register(subject, content).id(), subject, content);
        }
    }

    @Test
    void inPostgres() throws Exception {
        Site site = machines.site("damage-rows");
        List<Version> versions = new ArrayList<>();
        try (ServerProcess server = site.start()) {
            Client client = Client.of(server);
            String grown = TEXTS.small();
            for (int i = 0; i < VERSIONS; i++) {
                versions.add(Version.register(client, "dictionary-" + i, TEXTS.small()));
                // Each is stored against the one before.
                grown = grown.replace("}", ", \"description\" : \"" + i + "\"}")
                        .replaceAll("(, \"desc.*)(, \"desc)", "$2");
                versions.add(Version.register(client, "delta", grown));
                versions.add(Version.register(client, "raw-" + i, "{\"a\":" + i + "}"));
            }
            server.kill();
        }
        for (int encoding : new int[] {0, 2, 3}) {
            assertThat(site.count("contents WHERE encoding = " + encoding)).isPositive();
        }
        int told = 0;
        for (int round = 0; round < 2; round++) {
            Random random = TEXTS.random();
            List<Flip> flips = new ArrayList<>();
            for (Version version : versions) {
                flips.add(Flip.anywhere(site, version, random));
            }
            try (ServerProcess server = site.start()) {
                Client client = Client.of(server);
                for (Version version : versions) {
                    told += check(client, version);
                }
                // The next version does not need the one that is damaged.
                Version next = Version.register(client, "delta", TEXTS.small() + " ");
                assertThat(client.content(next.id()).text()).isEqualTo(next.content());
                for (Flip flip : flips) {
                    flip.back(site);
                }
                // What was damaged is not remembered.
                for (Version version : versions) {
                    assertThat(client.content(version.id()).text()).isEqualTo(version.content());
                }
            }
        }
        System.out.printf("DamageTest: of %d flipped bits, %d have changed a content%n", 2 * versions.size(), told);
        // A frame may have bits that mean nothing.
        assertThat(told).isGreaterThan(versions.size());
    }

    /** Whether the damage is told, 1 or 0: else the content must be what it was. */
    private static int check(Client client, Version version) throws IOException {
        Client.Answer content = client.content(version.id());
        Client.Answer whole = client.get("/api/v1/schemas/" + version.id());
        Client.Answer latest = client.get("/api/v1/subjects/" + version.subject() + "/versions/latest");
        if (content.status() == 200) {
            assertThat(content.text()).isEqualTo(version.content());
            assertThat(whole.json().path("schema").asString()).isEqualTo(version.content());
            return 0;
        }
        assertThat(content).matches(it -> it.is(500, "content-damaged"));
        assertThat(whole).matches(it -> it.is(500, "content-damaged"));
        boolean isOnlyOne = version.subject().matches(".*-[0-9]+");
        if (isOnlyOne) {
            assertThat(latest).matches(it -> it.is(500, "content-damaged"));
        }
        return 1;
    }

    /** A bit that was another before. */
    private record Flip(byte[] hash, int position, int mask) {
        static Flip anywhere(Site site, Version version, Random random) throws SQLException {
            byte[] hash = Texts.hash(version.content()).toBytes();
            try (Connection connection = site.connect();
                    PreparedStatement query =
                            connection.prepareStatement("SELECT length(content) FROM contents WHERE raw_hash = ?")) {
                query.setBytes(1, hash);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    Flip flip = new Flip(hash, random.nextInt(row.getInt(1)), 1 << random.nextInt(8));
                    flip.back(site);
                    return flip;
                }
            }
        }

        /** To what it was, or from it. */
        void back(Site site) throws SQLException {
            try (Connection connection = site.connect();
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE contents SET content = set_byte(content, ?, get_byte(content, ?) # ?) WHERE raw_hash = ?")) {
                update.setInt(1, position);
                update.setInt(2, position);
                update.setInt(3, mask);
                update.setBytes(4, hash);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    @Test
    void inTheFolder() throws Exception {
        Site site = machines.siteWithFolder("damage-folder");
        checkObjects(site, (hash, bytes) -> {
            String name = hash.toString();
            Files.write(Path.of(site.blobUrl(), "sha256", name.substring(0, 2), name), bytes);
        });
    }

    @Test
    void inS3() throws Exception {
        Site site = machines.site(BUCKET);
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(machines.s3().endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                .build()) {
            checkObjects(site, (hash, bytes) -> {
                String name = hash.toString();
                s3.putObject(
                        request -> request.bucket(BUCKET).key("registry/sha256/" + name.substring(0, 2) + "/" + name),
                        RequestBody.fromBytes(bytes));
            });
        }
    }

    /** Puts something in an object's place. */
    private interface Overwriting {
        void overwrite(Fingerprint hash, byte[] bytes) throws IOException;
    }

    private static void checkObjects(Site site, Overwriting store) throws Exception {
        List<Version> versions = new ArrayList<>();
        try (Registry registry = new Registry(site)) {
            for (int i = 0; i < 5; i++) {
                versions.add(Version.register(registry.client(), "large-" + i, TEXTS.large()));
                versions.add(Version.register(registry.client(), "archived", TEXTS.small()));
            }
            registry.server().kill();
            try (ServerProcess tiering = registry.maintain("tier")) {
                assertThat(tiering.awaitExit()).as(tiering.output()).isZero();
            }
            assertThat(site.count("contents WHERE encoding = 4")).isEqualTo(5);
            assertThat(site.count("contents WHERE encoding = 5")).isEqualTo(4);
            List<Damaged> damages = new ArrayList<>();
            for (Fingerprint hash : site.objects()) {
                damages.add(Damaged.of(site, hash));
            }
            for (Damaged damage : damages) {
                store.overwrite(damage.hash(), damage.wrong(TEXTS.random()));
            }
            registry.startAgain();
            int told = 0;
            for (Version version : versions) {
                told += check(registry.client(), version);
            }
            // Only the newest of the subject that was archived is still in the database.
            assertThat(told).isEqualTo(versions.size() - 1);
            for (Damaged damage : damages) {
                store.overwrite(damage.hash(), damage.right());
            }
            for (Version version : versions) {
                assertThat(registry.client().content(version.id()).text()).isEqualTo(version.content());
            }
        }
    }

    /** An object, as it should be. */
    private record Damaged(Fingerprint hash, byte[] right) {
        static Damaged of(Site site, Fingerprint hash) {
            try (var blobs = site.blobs()) {
                return new Damaged(hash, blobs.get(hash).orElseThrow());
            }
        }

        byte[] wrong(Random random) {
            byte[] wrong = right.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            return wrong;
        }
    }
}
