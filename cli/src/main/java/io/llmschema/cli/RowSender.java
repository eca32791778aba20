package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Delete;
import io.llmschema.cli.ImportRow.Register;
import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.cli.RegistryClient.Registered;
import io.llmschema.cli.RegistryFailure.Faulty;
import io.llmschema.cli.RegistryFailure.Refused;
import io.llmschema.cli.ReplayLog.Entry;
import io.llmschema.cli.RowOutcome.AlreadyDeleted;
import io.llmschema.cli.RowOutcome.AlreadyThere;
import io.llmschema.cli.RowOutcome.Deleted;
import io.llmschema.cli.RowOutcome.Different;
import io.llmschema.cli.RowOutcome.Failed;
import io.llmschema.cli.RowOutcome.Kept;
import io.llmschema.cli.RowOutcome.Rejected;
import io.llmschema.cli.RowOutcome.Skipped;
import io.llmschema.cli.RowOutcome.WouldRegister;
import io.llmschema.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The doer of single rows: it registers or deletes, reads back if wanted, and says what came of it.
 *
 * <p>Threads share one object; rows of one subject come one after the other. Only {@link RegistryFailure.Unreachable} leaves it
 * as an exception, because it is about the run and not about the row.
 */
final class RowSender {
    /** The stages that a version is moved to after it was registered, because it cannot be registered in them. */
    private static final Set<String> LATER_STAGES = Set.of("DEPRECATED", "ARCHIVED");

    private final RegistryClient client;
    private final RunOutline outline;
    private final Settings settings;
    private final Map<String, ReplayLog> replays = new ConcurrentHashMap<>();
    private final Map<String, Boolean> isOnServer = new ConcurrentHashMap<>();

    /**
     * How rows are sent.
     *
     * @param subjectPrefix put before every subject
     * @param isVerifying whether what was acknowledged is read back and compared
     */
    record Settings(String subjectPrefix, boolean isDryRun, boolean isVerifying) {}

    RowSender(RegistryClient client, RunOutline outline, Settings settings) {
        this.client = client;
        this.outline = outline;
        this.settings = settings;
    }

    /** What came of the row; {@code needed} is what came of the rows it needs, as far as they are in this run. */
    RowOutcome send(ImportRow row, Map<String, RowOutcome> needed) {
        try {
            return switch (row) {
                case Register register -> register(register, needed);
                case Delete delete -> delete(delete);
                case Unreadable unreadable -> new Rejected("unreadable-row", unreadable.reason());
            };
        } catch (Refused refused) {
            return new Rejected(refused.problem().code(), refused.problem().summary());
        } catch (Faulty faulty) {
            return new Failed(faulty.code(), String.valueOf(faulty.getMessage()));
        }
    }

    private RowOutcome register(Register row, Map<String, RowOutcome> needed) {
        if (needed.values().stream().anyMatch(WouldRegister.class::isInstance)) {
            return new Skipped();
        }
        byte[] content = row.content().getBytes(StandardCharsets.UTF_8);
        ReplayLog replay = replayOf(row.subject());
        Optional<Entry> done = replay == null ? Optional.empty() : replay.step(Fingerprint.sha256(content));
        if (done.isPresent()) {
            return verified(
                    new AlreadyThere(done.get().version(), false), done.get().id(), content);
        }
        String subject = settings.subjectPrefix() + row.subject();
        Registered answer = client.register(subject, request(row, needed), settings.isDryRun());
        String version = answer.schema().path("version").asString("");
        if (replay != null && !settings.isDryRun()) {
            replay.registered(Entry.of(answer.schema()));
        }
        if (settings.isDryRun()) {
            return answer.isNew() ? new WouldRegister(version) : new AlreadyThere(version, false);
        }
        bringToStage(row, subject, answer.schema());
        Kept kept = answer.isNew() ? new RowOutcome.Registered(version, false) : new AlreadyThere(version, false);
        return verified(kept, answer.schema().path("id").asString(""), content);
    }

    private ObjectNode request(Register row, Map<String, RowOutcome> needed) {
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.put("schemaType", row.type().name()).put("schema", row.content());
        row.details().properties().stream()
                .filter(detail -> !detail.getKey().equals("state"))
                .forEach(detail -> request.set(detail.getKey(), detail.getValue()));
        if (stage(row).equals("DRAFT")) {
            request.put("state", "DRAFT");
        }
        ArrayNode references = references(row, needed);
        if (!references.isEmpty()) {
            request.set("references", references);
        }
        return request;
    }

    private ArrayNode references(Register row, Map<String, RowOutcome> needed) {
        ArrayNode references = Json.MAPPER.createArrayNode();
        row.references().forEach(reference -> references.add(reference.toJson(settings.subjectPrefix())));
        for (String path : row.imports()) {
            // The version that this run saw acknowledged, not 'latest': on a second run the import may have a later
            // version,
            // and the same text with another reference would be another version of its importer.
            if (needed.get(path) instanceof Kept kept) {
                references.add(new WantedReference(path, path, kept.version()).toJson(settings.subjectPrefix()));
            } else if (!path.equals(row.subject()) && isOnServer(path)) {
                references.add(new WantedReference(path, path, "latest").toJson(settings.subjectPrefix()));
            }
        }
        return references;
    }

    /** Bounded by the imports of the run: each is asked for once. */
    private boolean isOnServer(String path) {
        Boolean known = isOnServer.get(path);
        if (known == null) {
            known = client.hasSubject(settings.subjectPrefix() + path);
            isOnServer.put(path, known);
        }
        return known;
    }

    private static String stage(Register row) {
        JsonNode state = row.details().path("state");
        return state.isObject() ? state.path("stage").asString("") : state.asString("");
    }

    private void bringToStage(Register row, String subject, JsonNode schema) {
        boolean isElsewhere = !schema.path("state").path("stage").asString("").equals(stage(row));
        if (isElsewhere
                && LATER_STAGES.contains(stage(row))
                && row.details().path("state").isObject()) {
            client.changeState(
                    subject, schema.path("version").asString(""), row.details().path("state"));
        }
    }

    private RowOutcome verified(Kept kept, String id, byte[] content) {
        if (!settings.isVerifying()) {
            return kept;
        }
        byte[] readBack = client.content(Paths.schema(id));
        int difference = Arrays.mismatch(content, readBack);
        if (difference >= 0) {
            return new Different("version " + kept.version() + " (id " + id + ") is read back with " + readBack.length
                    + " bytes for " + content.length + ", first different at byte " + difference);
        }
        return switch (kept) {
            case RowOutcome.Registered registered -> new RowOutcome.Registered(registered.version(), true);
            case AlreadyThere there -> new AlreadyThere(there.version(), true);
        };
    }

    private RowOutcome delete(Delete row) {
        ReplayLog replay = replayOf(row.subject());
        boolean isWhole = row.version().isEmpty();
        boolean isDone = replay != null && (isWhole ? replay.isDeleted() : replay.isDeleted(row.version()));
        if (replay != null && isWhole) {
            replay.deleted();
        } else if (replay != null) {
            replay.deleted(row.version());
        }
        if (isDone) {
            return new AlreadyDeleted();
        }
        if (settings.isDryRun()) {
            return new Deleted();
        }
        String subject = settings.subjectPrefix() + row.subject();
        boolean wasThere = isWhole ? client.deleteSubject(subject) : client.deleteVersion(subject, row.version());
        return wasThere ? new Deleted() : new AlreadyDeleted();
    }

    /** Null for the many subjects of which nothing is deleted: for them the registry itself knows what it has. */
    private @Nullable ReplayLog replayOf(String subject) {
        if (!outline.hasDeletionOf(subject)) {
            return null;
        }
        ReplayLog known = replays.get(subject);
        if (known == null) {
            known = new ReplayLog(
                    client.history(settings.subjectPrefix() + subject).map(Entry::of));
            replays.put(subject, known);
        }
        return known;
    }
}
