package io.llmschema.storage.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The revisions of the rows in which is set what counts for a subject beside its own settings; 0: there is no such row.
 *
 * @param scope of its context
 * @param allContexts of all contexts
 */
record ScopeRevisions(long scope, long allContexts) {
    /** What {@link #of} reads, of {@link Settings#GLOBAL_JOIN}. */
    static final String COLUMNS =
            "coalesce(g.revision, 0) AS scope_revision, coalesce(a.revision, 0) AS all_contexts_revision";

    static ScopeRevisions of(ResultSet row) throws SQLException {
        return new ScopeRevisions(row.getLong("scope_revision"), row.getLong("all_contexts_revision"));
    }
}
