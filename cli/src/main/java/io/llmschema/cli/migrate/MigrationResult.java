package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Item.Kind;
import java.util.List;
import java.util.Map;

/**
 * What came of a migration, as it was found when both sides were compared at the end.
 *
 * @param counts for each kind
 * @param findings all that is not the same on both sides
 * @param onlyAtTarget how many subjects the target has that the source does not know
 */
public record MigrationResult(Map<Kind, Counts> counts, List<Finding> findings, int passes, long onlyAtTarget) {
    public MigrationResult {
        counts = Map.copyOf(counts);
        findings = List.copyOf(findings);
    }

    /**
     * How many things of a kind the source has, and what became of them.
     *
     * @param deleted how many of them are deleted there
     * @param copied the same on both sides now, by this run
     * @param alreadyThere the same on both sides before
     */
    public record Counts(long atSource, long deleted, long copied, long alreadyThere, long refused, long different) {}

    /** Why something is not the same. */
    public enum Verdict {
        /** The target would not have it. */
        REFUSED,
        /** Both have it, but not alike; or one has what the other has not. */
        DIFFERENT
    }

    /**
     * Something that is not the same.
     *
     * @param code that the target gave for its refusal; 0 if it refused nothing
     */
    public record Finding(Item item, Verdict verdict, int code, String reason) {}

    public boolean isSame() {
        return findings.isEmpty();
    }

    public long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}
