package io.llmschema.storage.postgres;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SubjectHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        @Nullable SchemaId latestId,
        @Nullable Version highest,
        SubjectSettings settings,
        SubjectSettings globalSettings) {
    /** What {@link #of} reads beside the columns of a subject and of its position. */
    static final String COLUMNS =
            "u.last_ordinal, u.latest_id, u.highest_version, " + Settings.OWN_COLUMNS + ", " + Settings.GLOBAL_COLUMNS;

    static LockedSubject of(ResultSet row) throws SQLException {
        String highest = row.getString("highest_version");
        return new LockedSubject(
                Rows.subject(row),
                Rows.positions(row).shown(),
                row.getInt("last_ordinal"),
                Rows.id(row, "latest_id"),
                highest == null ? null : Version.parse(highest),
                Settings.own(row),
                Settings.global(row));
    }

    /** Whether the row was made by this transaction, only to be locked. */
    boolean isFresh() {
        return lastOrdinal == 0;
    }

    SubjectHistory history() {
        boolean isArchived = !summary.isDeleted() && summary.state().stage() == Stage.ARCHIVED;
        return new SubjectHistory(
                summary.revision(), isArchived, summary.latest(), latestId, highest, settings, globalSettings);
    }
}
