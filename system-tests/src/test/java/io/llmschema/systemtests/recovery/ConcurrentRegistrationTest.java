package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.RegistryClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two server processes on one database, started at once, and many clients that all register into one subject. */
final class ConcurrentRegistrationTest {
    private static final int CLIENTS = 64;
    private static final int OWN_CONTENTS = 20;
    private static final int MOST_IN_PAGE = 1000;
    private static final String SUBJECT = "crowded";
    private static final String WANTED_VERSION = "7.0.0";

    /** What a client asked for, and what came of it. */
    private record Attempt(Kind kind, String content, Reply reply) {
        String id() {
            return reply.body().path("schema").path("id").asString();
        }
    }

    /** A content of one's own; one that all register; one of one's own under the version that all want. */
    private enum Kind {
        OWN,
        SHARED,
        WANTED
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void manyClients_throughTwoServers_neverConflictButWhereTheyMust() throws Exception {
        try (OwnPostgres database = OwnPostgres.start(folder.resolve("database"))) {
            Launch launch = Launch.in(folder).with("--database-url", database.url());
            // Neither waits for the other: both find an empty database and want to make the tables.
            try (ServerProcess one = launch.start();
                    ServerProcess other = launch.start()) {
                List<RegistryClient> registries = List.of(RegistryClient.of(one), RegistryClient.of(other));

                List<Attempt> attempts = registerAll(registries);

                checkAnswers(attempts);
                checkContents(attempts, registries);
                checkVersions(registries.getFirst());
                try (Connection connection =
                        database.postgres().getPostgresDatabase().getConnection()) {
                    Integrity.check(connection);
                    assertThat(Integrity.count(connection, "schemas")).isEqualTo(CLIENTS * OWN_CONTENTS + 2L);
                }
            }
        }
    }

    private static List<Attempt> registerAll(List<RegistryClient> registries) throws Exception {
        long begin = System.nanoTime();
        List<Attempt> attempts = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Attempt>>> results = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                results.add(clients.submit(() -> register(number, registries.get(number % registries.size()))));
            }
            for (Future<List<Attempt>> result : results) {
                attempts.addAll(result.get());
            }
        }
        System.out.printf(
                "ConcurrentRegistrationTest: %d registrations by %d clients in %d ms%n",
                attempts.size(), CLIENTS, (System.nanoTime() - begin) / 1_000_000);
        return attempts;
    }

    private static List<Attempt> register(int client, RegistryClient registry) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < OWN_CONTENTS; i++) {
            if (i == OWN_CONTENTS / 4) {
                attempts.add(attempt(Kind.SHARED, "{\"title\" : \"shared\"}", registry));
            }
            if (i == OWN_CONTENTS / 2) {
                attempts.add(attempt(Kind.WANTED, "{\"title\" : \"wanted by " + client + "\"}", registry));
            }
            attempts.add(attempt(Kind.OWN, "{\"title\" : \"" + client + "." + i + "\"}", registry));
        }
        return attempts;
    }

    private static Attempt attempt(Kind kind, String content, RegistryClient registry) throws IOException {
        Map<String, Object> request = new HashMap<>(Map.of("schema", content));
        if (kind == Kind.WANTED) {
            request.put("version", WANTED_VERSION);
        }
        return new Attempt(kind, content, registry.register(SUBJECT, request));
    }

    private static void checkAnswers(List<Attempt> attempts) {
        assertThat(of(Kind.OWN, attempts)).allMatch(attempt -> attempt.reply().status() == 201);
        assertThat(of(Kind.SHARED, attempts))
                .allMatch(attempt -> attempt.reply().isSuccess());
        assertThat(of(Kind.SHARED, attempts))
                .filteredOn(attempt -> attempt.reply().body().path("isNew").asBoolean())
                .hasSize(1);
        assertThat(of(Kind.SHARED, attempts))
                .extracting(Attempt::id)
                .containsOnly(of(Kind.SHARED, attempts).getFirst().id());
        assertThat(of(Kind.WANTED, attempts))
                .allMatch(attempt ->
                        attempt.reply().status() == 201 || attempt.reply().is(409, "version-exists"));
        assertThat(of(Kind.WANTED, attempts))
                .filteredOn(attempt -> attempt.reply().status() == 201)
                .hasSize(1);
    }

    private static List<Attempt> of(Kind kind, List<Attempt> attempts) {
        return attempts.stream().filter(attempt -> attempt.kind() == kind).toList();
    }

    /** What one server has acknowledged, the other has too, byte for byte. */
    private static void checkContents(List<Attempt> attempts, List<RegistryClient> registries) throws IOException {
        int index = 0;
        for (Attempt attempt : attempts) {
            if (attempt.reply().isSuccess()) {
                assertThat(registries.get(index++ % registries.size()).content(attempt.id()))
                        .isEqualTo(attempt.content());
            }
        }
    }

    private static void checkVersions(RegistryClient registry) throws IOException {
        List<Integer> ordinals = new ArrayList<>();
        Set<String> versions = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = registry.get("/api/v1/subjects/" + SUBJECT + "/versions?limit=" + MOST_IN_PAGE
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .body();
            for (JsonNode item : page.path("items")) {
                ordinals.add(item.path("ordinal").asInt());
                versions.add(item.path("version").asString());
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(ordinals)
                .isEqualTo(IntStream.rangeClosed(1, CLIENTS * OWN_CONTENTS + 2)
                        .boxed()
                        .toList());
        assertThat(versions).hasSize(ordinals.size()).contains(WANTED_VERSION);
    }
}
