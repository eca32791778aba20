package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.RegistryClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Clients that register without pause, and remember what was acknowledged.
 *
 * <p>A client whose request comes to nothing makes the same request again, as an importer does; that finds or makes the same versions.
 * Some requests are batches, some contents refer to others, some are too large for a page of the database.
 */
final class Import {
    private static final int CLIENTS = 8;
    private static final int SUBJECTS = 60;
    private static final int BASES = 4;
    private static final int PERCENT_BATCHES = 15;
    private static final int PERCENT_WITH_REFERENCE = 20;
    private static final int PERCENT_LARGE = 5;
    private static final int LARGE_CHARACTERS = 60_000;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

    /** A version that a client was told is there. */
    private record Acknowledged(String id, String content) {}

    /** What one request carries; a batch if it is more than one. */
    private record Work(List<Map<String, Object>> items) {}

    private final List<Random> randoms = new ArrayList<>();
    private final ConcurrentMap<Integer, Work> unfinished = new ConcurrentHashMap<>();
    private final AtomicInteger contents = new AtomicInteger();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopping;
    private List<Thread> clients = List.of();

    Import(long seed) {
        for (int client = 0; client < CLIENTS; client++) {
            randoms.add(new Random(seed + client));
        }
    }

    /** Registers what the others refer to. */
    void prepare(RegistryClient registry) throws IOException {
        for (int base = 0; base < BASES; base++) {
            Map<String, Object> request = request("{\"type\": \"object\", \"title\": \"Base " + base + "\"}");
            Reply reply = registry.register("base-" + base, request);
            assertThat(reply.isSuccess()).as(reply.toString()).isTrue();
            acknowledge(request, reply.body());
        }
    }

    void start(RegistryClient registry) {
        isStopping = false;
        List<Thread> started = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            started.add(Thread.ofVirtual().name("importer-" + client).start(() -> write(number, registry)));
        }
        clients = started;
    }

    private void write(int client, RegistryClient registry) {
        while (!isStopping) {
            Work work = unfinished.computeIfAbsent(client, _ -> next(randoms.get(client)));
            try {
                if (isDone(work, registry)) {
                    unfinished.remove(client);
                }
            } catch (IOException e) {
                // The server is gone, as it should be; whoever killed it starts this client again.
                lost.incrementAndGet();
                return;
            } catch (RuntimeException e) {
                unexpected.add(e.toString());
                return;
            }
        }
    }

    private boolean isDone(Work work, RegistryClient registry) throws IOException {
        if (work.items().size() > 1) {
            Reply reply = registry.registerBatch(work.items());
            if (!isAcknowledgement(reply)) {
                return false;
            }
            for (int i = 0; i < work.items().size(); i++) {
                acknowledge(work.items().get(i), reply.body().path("items").path(i));
            }
            return true;
        }
        Map<String, Object> item = new HashMap<>(work.items().getFirst());
        String subject = String.valueOf(item.remove("subject"));
        Reply reply = registry.register(subject, item);
        if (!isAcknowledgement(reply)) {
            return false;
        }
        acknowledge(item, reply.body());
        return true;
    }

    private boolean isAcknowledgement(Reply reply) {
        if (reply.is(503, "storage-unavailable")) {
            turnedAway.incrementAndGet();
        } else if (!reply.isSuccess()) {
            unexpected.add(reply.toString());
        }
        return reply.isSuccess();
    }

    private void acknowledge(Map<String, Object> request, JsonNode registration) {
        acknowledged.add(new Acknowledged(
                registration.path("schema").path("id").asString(), String.valueOf(request.get("schema"))));
        acknowledgements.incrementAndGet();
    }

    private Work next(Random random) {
        int dice = random.nextInt(100);
        if (dice < PERCENT_BATCHES) {
            return batch(random);
        }
        Map<String, Object> item = new HashMap<>(
                dice < PERCENT_BATCHES + PERCENT_WITH_REFERENCE
                        ? referring(random, "base-" + random.nextInt(BASES), "1.0.0")
                        : request(content(random, null)));
        item.put("subject", subject(random));
        return new Work(List.of(item));
    }

    /** Five subjects at once; the last version refers to the first one of the same batch. */
    private Work batch(Random random) {
        Set<String> subjects = new TreeSet<>();
        while (subjects.size() < Integrity.BATCH_SIZE) {
            subjects.add(subject(random));
        }
        String first = subjects.iterator().next();
        String tag = Integrity.BATCH_TAG + contents.incrementAndGet();
        List<Map<String, Object>> items = new ArrayList<>();
        for (String subject : subjects) {
            Map<String, Object> item = new HashMap<>(
                    items.size() == Integrity.BATCH_SIZE - 1
                            ? referring(random, first, "latest")
                            : request(content(random, null)));
            item.put("subject", subject);
            item.put("tags", List.of(tag));
            items.add(item);
        }
        return new Work(items);
    }

    private static String subject(Random random) {
        return "team-%02d/event".formatted(random.nextInt(SUBJECTS));
    }

    private Map<String, Object> referring(Random random, String subject, String version) {
        Map<String, Object> request = new HashMap<>(request(content(random, "other.json")));
        request.put("references", List.of(Map.of("name", "other.json", "subject", subject, "version", version)));
        return request;
    }

    private static Map<String, Object> request(String content) {
        return Map.of("schema", content, "createdBy", "importer");
    }

    /** Unlike any other, and not in anybody's canonical form. */
    private String content(Random random, @Nullable String reference) {
        String large = random.nextInt(100) < PERCENT_LARGE ? letters(random, LARGE_CHARACTERS) : letters(random, 20);
        String other = reference == null ? "{ }" : "{\"$ref\" :\"" + reference + "\"}";
        return "{ \"type\":\"object\",\n\t\"title\" : \"Content %d\", \"properties\": {\"field_%s\": {\"type\":\"string\"}, \"other\":%s},\n \"$comment\": \"%s\"}\n"
                .formatted(contents.incrementAndGet(), letters(random, 8), other, large);
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    int acknowledgements() {
        return acknowledgements.get();
    }

    /** How many different versions were acknowledged. */
    long distinct() {
        return acknowledged.stream().map(Acknowledged::id).distinct().count();
    }

    /** How many requests were answered with 503. */
    int turnedAway() {
        return turnedAway.get();
    }

    /** How many requests had no answer. */
    int lost() {
        return lost.get();
    }

    /** Lets every client end its request; afterwards none is in flight. */
    void stop() {
        isStopping = true;
        for (Thread client : clients) {
            try {
                assertThat(client.join(STOP_TIMEOUT))
                        .as(client.getName() + " has ended")
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Fails if a request was answered with anything but what it may be. */
    void checkAnswers() {
        assertThat(unexpected).isEmpty();
    }

    /** Fails unless every version that was acknowledged can be read, byte for byte. */
    void checkAllAreThere(RegistryClient registry) {
        Optional<String> missing = acknowledged.parallelStream()
                .flatMap(version -> problem(version, registry).stream())
                .findAny();
        assertThat(missing).isEmpty();
    }

    private static Optional<String> problem(Acknowledged version, RegistryClient registry) {
        try {
            String content = registry.content(version.id());
            return content.equals(version.content())
                    ? Optional.empty()
                    : Optional.of(version.id() + " is '" + content + "', not '" + version.content() + "'");
        } catch (IOException e) {
            return Optional.of(version.id() + ": " + e);
        }
    }
}
