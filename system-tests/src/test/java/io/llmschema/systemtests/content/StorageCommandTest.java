package io.llmschema.systemtests.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.storage.BlobStore;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llmschema storage}, as an operator runs it: what it prints, how it ends, and what it leaves alone. */
final class StorageCommandTest {
    private static final Texts TEXTS = Texts.of(StorageCommandTest.class);

    private static Machines machines;
    private static Registry registry;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        machines = Machines.start(folder);
        registry = new Registry(machines.site("command"));
        registry.register("large", TEXTS.large());
        for (int i = 0; i < 5; i++) {
            registry.register("small", TEXTS.small());
        }
    }

    @AfterAll
    static void end() throws IOException {
        try (Machines _ = machines;
                Registry _ = registry) {
            machines.s3().thaw();
        }
    }

    private record Outcome(int exitCode, String output) {}

    private static Outcome run(String... arguments) throws IOException {
        return run(registry.site(), arguments);
    }

    private static Outcome run(Site site, String... arguments) throws IOException {
        try (ServerProcess process = site.maintain(arguments)) {
            return new Outcome(process.awaitExit(), process.output());
        }
    }

    @Test
    void verify_namesWhatIsDamaged_andFails() throws IOException {
        Outcome whole = run("verify");
        assertThat(whole.output()).contains("contents read", "1 in the blob store", "none is damaged");
        assertThat(whole.exitCode()).isZero();

        String text = TEXTS.small();
        String id = registry.client().register("broken", text).id();
        String row = " WHERE raw_hash = " + Texts.sql(text);
        registry.site().execute("CREATE TABLE kept AS SELECT content FROM contents" + row);
        registry.site()
                .execute("UPDATE contents SET content = set_byte(content, length(content) / 2,"
                        + " get_byte(content, length(content) / 2) # 1)" + row);
        Outcome damaged;
        try {
            damaged = run("verify");
        } finally {
            registry.site().execute("UPDATE contents SET content = (SELECT content FROM kept)" + row);
            registry.site().execute("DROP TABLE kept");
        }
        assertThat(damaged.output()).contains("1 damaged:", Texts.hash(text).toString(), "broken 1.0.0", id);
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(run("verify").exitCode()).isZero();
    }

    @Test
    void tier_saysWhatWouldMove_thenMovesIt_andReadsBringItBack() throws IOException {
        registry.site().execute("UPDATE schemas SET created_at = now() - interval '400 days'");
        String[] policy = {"--unread-days", "0", "--keep-newest", "2"};
        Outcome would = run("tier", "--dry-run", policy[0], policy[1], policy[2], policy[3]);
        assertThat(would.output()).contains("would move 3 contents of 1 subjects");
        assertThat(would.exitCode()).isZero();
        assertThat(registry.site().count("contents WHERE encoding = 5")).isZero();

        Outcome moved = run("tier", policy[0], policy[1], policy[2], policy[3]);
        assertThat(moved.output()).contains("moved 3 contents of 1 subjects");
        assertThat(moved.exitCode()).isZero();
        registry.startAgain();
        registry.checkContents();
    }

    @Test
    void sweep_removesOnlyWhatNothingRefersTo() throws IOException {
        byte[] orphan = TEXTS.large().getBytes(StandardCharsets.UTF_8);
        var hash = Texts.hash(new String(orphan, StandardCharsets.UTF_8));
        try (BlobStore blobs = registry.site().blobs()) {
            blobs.put(hash, orphan);
        }
        assertThat(run("sweep").output()).contains("0 orphans");
        Outcome would = run("sweep", "--dry-run", "--grace-hours", "0");
        assertThat(would.output()).contains(hash.toString(), "would be removed");
        assertThat(registry.site().objects()).contains(hash);

        Outcome removed = run("sweep", "--grace-hours", "0");
        assertThat(removed.output()).contains(hash.toString(), "removed");
        assertThat(removed.exitCode()).isZero();
        assertThat(registry.site().objects()).doesNotContain(hash);
        registry.checkContents();
    }

    @Test
    void setup_makesTheBucket_andNamesWhatTheServerLacks(@TempDir Path folder) throws IOException {
        Site site = new Site(registry.site().databaseUrl(), machines.s3().url("fresh-bucket", "registry"), folder);
        Outcome setup = run(site, "setup");

        assertThat(setup.output()).contains("bucket", "versions", "encrypt", "public", "90");
        assertThat(site.objects()).isEmpty();
        assertThat(run(site, "setup").exitCode()).isEqualTo(setup.exitCode());
    }

    @Test
    void setup_makesTheFolder(@TempDir Path folder) throws IOException {
        Site site =
                new Site(registry.site().databaseUrl(), folder.resolve("blobs").toString(), folder);

        assertThat(run(site, "setup").exitCode()).isZero();
        assertThat(folder.resolve("blobs")).isDirectory();
    }

    @Test
    void wrongOptions_areExplained() throws IOException {
        Outcome wrong = run("tier", "--keep-newest", "0");

        assertThat(wrong.output()).contains("--keep-newest");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }
}
