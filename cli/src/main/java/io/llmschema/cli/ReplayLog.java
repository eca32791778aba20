package io.llmschema.cli;

import io.llmschema.model.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The walk of one subject's rows along the log of versions that the registry has of it, so that a history with deletions can be
 * imported again, or further, without changing what is there.
 *
 * <p>Registering is harmless to repeat only as long as nothing is deleted. Of {@code [register a, delete, register b]} a second
 * run would find no live {@code a}, register it anew, delete it together with {@code b}, and register {@code b} anew. The log
 * tells better: version 1 has the hash of {@code a} and is deleted, version 2 has the hash of {@code b}. So we walk both
 * together. A registration is done if its content is live at this point of the walk, or if the log has it further on, where the
 * walk then stands; searching further on than the very next version, because other rows may have been refused by one run and not
 * by another. A deletion is done if all versions live at this point of the walk are deleted in the log.
 *
 * <p>A subject's rows are sent one after the other, so one thread at a time uses this.
 */
final class ReplayLog {
    private final List<Entry> log;
    private final Map<Fingerprint, Entry> live = new HashMap<>();
    private int position;
    private boolean hasSeenRegistration;

    /** One version as the registry's log had it when the walk began, or as this run added it. */
    record Entry(int ordinal, String version, String id, Fingerprint hash, boolean isDeleted) {
        /** Of the summary of a version. */
        static Entry of(JsonNode summary) {
            return new Entry(
                    summary.path("ordinal").asInt(0),
                    summary.path("version").asString(""),
                    summary.path("id").asString(""),
                    Fingerprint.parse(summary.path("hashes").path("raw").asString("")),
                    summary.hasNonNull("deletedAt"));
        }
    }

    ReplayLog(Stream<Entry> log) {
        this.log = new ArrayList<>(
                log.sorted(Comparator.comparingInt(Entry::ordinal)).toList());
    }

    /** The version that a row with this content made in an earlier run, or before in this one; the walk goes on to it. */
    Optional<Entry> step(Fingerprint hash) {
        hasSeenRegistration = true;
        if (live.containsKey(hash)) {
            return Optional.of(live.get(hash));
        }
        Optional<Entry> found = log.stream()
                .filter(entry -> entry.ordinal() > position && entry.hash().equals(hash))
                .findFirst();
        found.ifPresent(this::walkTo);
        return found;
    }

    /** The row had to be registered, and this is what came of it. */
    void registered(Entry entry) {
        walkTo(entry);
    }

    private void walkTo(Entry entry) {
        live.put(entry.hash(), entry);
        // The registry may answer with a version it had before this point; the walk never goes back.
        position = Math.max(position, entry.ordinal());
    }

    /** Whether the deletion of the subject that comes now was done by an earlier run. */
    boolean isDeleted() {
        // A run that registered nothing of the subject cannot tell by its own versions; then the registry decides.
        return hasSeenRegistration && live.values().stream().allMatch(Entry::isDeleted);
    }

    /** Whether the deletion of that version was done by an earlier run. */
    boolean isDeleted(String version) {
        return live.values().stream().anyMatch(entry -> entry.version().equals(version) && entry.isDeleted());
    }

    /** The subject is deleted at this point of the walk. */
    void deleted() {
        live.clear();
    }

    /** The version is deleted at this point of the walk. */
    void deleted(String version) {
        live.values().removeIf(entry -> entry.version().equals(version));
    }
}
