package io.llmschema.storage.postgres;

import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SubjectHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code subjects}, locked until the transaction ends.
 *
 * @param position behind its last change
 */
record LockedSubject(
        SubjectSummary summary,
        ChangePosition position,
        int lastOrdinal,
        @Nullable Version highest) implements SubjectHistory {
    static LockedSubject of(ResultSet row) throws SQLException {
        String highest = row.getString("highest_version");
        return new LockedSubject(
                Rows.subject(row),
                Rows.positions(row).shown(),
                row.getInt("last_ordinal"),
                highest == null ? null : Version.parse(highest));
    }

    /** Whether the row was made by this transaction, only to be locked. */
    boolean isFresh() {
        return lastOrdinal == 0;
    }

    @Override
    public Optional<SubjectSummary> subject() {
        return isFresh() ? Optional.empty() : Optional.of(summary);
    }

    @Override
    public Optional<Version> highestVersion() {
        return Optional.ofNullable(highest);
    }
}
