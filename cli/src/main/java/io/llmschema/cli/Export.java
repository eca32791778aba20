package io.llmschema.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One writing of all versions as rows: their outlines are listed and sorted first, their contents fetched a few ahead. */
final class Export {
    /** The most versions exported at a time; their outlines are held in memory. */
    static final int MAX_VERSIONS = 5_000_000;

    /** Contents fetched ahead of the one being written. */
    private static final int MAX_FETCHED_AHEAD = 8;

    private static final List<String> COPIED = List.of(
            "version", "schemaType", "references", "description", "owner", "tags", "metadata", "createdBy", "state");

    private final RegistryClient client;
    private final @Nullable String prefix;
    private final boolean isWithDeleted;

    Export(RegistryClient client, @Nullable String prefix, boolean isWithDeleted) {
        this.client = client;
        this.prefix = prefix;
        this.isWithDeleted = isWithDeleted;
    }

    /** Something that once happened to a subject and becomes a row. */
    private sealed interface Event {
        Instant at();

        /** A version came into being. */
        record Created(Instant at, String id, String subject) implements Event {}

        /** A version was deleted; without a version the whole subject. */
        record Deleted(Instant at, int ordinal, String subject, String version) implements Event {}
    }

    /** How many rows were written. */
    long writeTo(OutputStream out) throws IOException {
        long rows = 0;
        try (ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor()) {
            Deque<Future<ObjectNode>> ahead = new ArrayDeque<>();
            for (Event event : events()) {
                ahead.add(fetchers.submit(() -> row(event)));
                if (ahead.size() >= MAX_FETCHED_AHEAD) {
                    write(ahead.remove(), out);
                    rows++;
                }
            }
            for (Future<ObjectNode> row : ahead) {
                write(row, out);
                rows++;
            }
        }
        return rows;
    }

    private static void write(Future<ObjectNode> row, OutputStream out) throws IOException {
        try {
            out.write(Json.MAPPER.writeValueAsBytes(row.get()));
            out.write('\n');
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RegistryFailure failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    private List<Event> events() {
        Query query = new Query()
                .with("order", "newest")
                .with("prefix", prefix)
                .with("deleted", isWithDeleted ? "true" : null);
        // By id, since a version that comes into being while we turn pages may shift another one onto two pages.
        Set<String> seen = new HashSet<>();
        List<Event> events = new ArrayList<>();
        client.items(Paths.ROOT + "/schemas", query, MAX_VERSIONS)
                .filter(item -> seen.add(item.path("id").asString("")))
                .flatMap(Export::eventsOf)
                .forEach(events::add);
        // Reversed before a stable sort: of what was made in the same instant the registry's own order is kept.
        List<Event> oldestFirst = new ArrayList<>(events.reversed());
        oldestFirst.sort(Comparator.comparing(Event::at));
        return withWholeDeletions(oldestFirst);
    }

    private static Stream<Event> eventsOf(JsonNode item) {
        int ordinal = item.path("ordinal").asInt(0);
        String subject = item.path("subject").asString("");
        Event created = new Event.Created(
                Instant.parse(item.path("createdAt").asString("")),
                item.path("id").asString(""),
                subject);
        if (!item.hasNonNull("deletedAt")) {
            return Stream.of(created);
        }
        Instant deletedAt = Instant.parse(item.path("deletedAt").asString(""));
        // The later event first, as in the list they come in.
        return Stream.of(
                new Event.Deleted(
                        deletedAt, ordinal, subject, item.path("version").asString("")),
                created);
    }

    /** The deletion of a subject's last live version is written as the deletion of the subject, and once for all its versions. */
    private static List<Event> withWholeDeletions(List<Event> events) {
        Map<String, Integer> live = new HashMap<>();
        Map<Event, Integer> liveAfter = new HashMap<>();
        for (Event event : events) {
            switch (event) {
                case Event.Created created -> live.merge(created.subject(), 1, Integer::sum);
                case Event.Deleted deleted -> liveAfter.put(deleted, live.merge(deleted.subject(), -1, Integer::sum));
            }
        }
        Map<String, Instant> wholeAt = new HashMap<>();
        List<Event> kept = new ArrayList<>();
        for (Event event : events.reversed()) {
            if (event instanceof Event.Deleted deleted) {
                boolean isLast = liveAfter.getOrDefault(event, 0) == 0;
                boolean isSameDeletion = deleted.at().equals(wholeAt.get(deleted.subject()));
                if (isLast) {
                    wholeAt.put(deleted.subject(), deleted.at());
                    kept.add(new Event.Deleted(deleted.at(), deleted.ordinal(), deleted.subject(), ""));
                } else if (!isSameDeletion) {
                    kept.add(event);
                }
            } else {
                kept.add(event);
            }
        }
        return kept.reversed();
    }

    private ObjectNode row(Event event) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("at", event.at().toString());
        switch (event) {
            case Event.Created created -> {
                JsonNode schema = client.document(Paths.schema(created.id()));
                row.put("op", "register").put("subject", created.subject());
                COPIED.stream().filter(schema::hasNonNull).forEach(name -> row.set(name, schema.path(name)));
                row.set("content", schema.path("schema"));
            }
            case Event.Deleted deleted -> {
                row.put("op", "delete").put("subject", deleted.subject());
                if (!deleted.version().isEmpty()) {
                    row.put("version", deleted.version());
                }
            }
        }
        return row;
    }
}
