package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must be true of the tables at any moment between two transactions: nothing is there by half. */
final class Integrity {
    /** Tag of the versions that were registered in one batch. */
    static final String BATCH_TAG = "batch-";

    static final int BATCH_SIZE = 5;

    /** Each query finds what contradicts its sentence. */
    private static final Map<String, String> CONTRADICTIONS = new LinkedHashMap<>();

    static {
        CONTRADICTIONS.put("a version has a content", """
            SELECT s.id FROM schemas s LEFT JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id
            WHERE c.global_id IS NULL OR c.schema_type <> s.schema_type\
            """);
        CONTRADICTIONS.put("a content has a version", """
            SELECT c.global_id FROM contents c
            WHERE NOT EXISTS (SELECT FROM schemas s WHERE s.tenant = c.tenant AND s.global_id = c.global_id)\
            """);
        // What is compressed is hashed by every read, and the tests read what was acknowledged.
        CONTRADICTIONS.put("a content that lies there as it is has the SHA-256 and the size that are noted", """
            SELECT global_id FROM contents WHERE encoding = 0 AND (sha256(content) <> raw_hash OR length(content) <> size)\
            """);
        CONTRADICTIONS.put("what a content is stored against is in the table", """
            SELECT c.global_id FROM contents c
            LEFT JOIN contents b ON b.tenant = c.tenant AND b.global_id = c.base_id
            WHERE c.base_id IS NOT NULL AND b.content IS NULL\
            """);
        CONTRADICTIONS.put("a version has a search document", """
            SELECT s.id FROM schemas s WHERE NOT EXISTS (
                SELECT FROM search_words w WHERE w.tenant = s.tenant AND w.subject = s.subject AND w.ordinal <= s.ordinal)\
            """);
        CONTRADICTIONS.put("search words come with a version, and runs of them begin whole", """
            SELECT w.subject FROM search_words w
            LEFT JOIN schemas s ON s.tenant = w.tenant AND s.subject = w.subject AND s.ordinal = w.ordinal
            WHERE s.id IS NULL OR w.run > w.ordinal OR cardinality(w.lost) > 0 AND NOT EXISTS (
                SELECT FROM search_words b
                WHERE b.tenant = w.tenant AND b.subject = w.subject AND b.run = w.run AND b.ordinal < w.ordinal)\
            """);
        CONTRADICTIONS.put("a version has as many dependencies as references, each to what is referred to", """
            SELECT s.id FROM schemas s
            WHERE cardinality(s.schema_references) / 3 <> (
                SELECT count(*) FROM schema_dependencies d JOIN schemas t ON t.id = d.depends_on_id
                WHERE d.schema_id = s.id AND d.name = s.schema_references[3 * d.position - 2]
                    AND t.subject = s.schema_references[3 * d.position - 1]
                    AND t.version = s.schema_references[3 * d.position])\
            """);
        CONTRADICTIONS.put("a version has a subject, and a subject a version", """
            SELECT u.name, s.subject FROM subjects u FULL JOIN schemas s ON s.tenant = u.tenant AND s.subject = u.name
            WHERE u.name IS NULL OR s.id IS NULL\
            """);
        CONTRADICTIONS.put("a subject's ordinals are 1 to its last ordinal, each once", """
            SELECT u.name FROM subjects u JOIN schemas s ON s.tenant = u.tenant AND s.subject = u.name GROUP BY u.tenant, u.name
            HAVING count(*) <> u.last_ordinal OR min(s.ordinal) <> 1 OR max(s.ordinal) <> u.last_ordinal
                OR count(DISTINCT s.ordinal) <> u.last_ordinal OR count(DISTINCT s.version) <> u.last_ordinal\
            """);
        CONTRADICTIONS.put("a subject counts its versions", """
            SELECT u.name FROM subjects u WHERE u.version_count <> (
                SELECT count(*) FROM schemas s WHERE s.tenant = u.tenant AND s.subject = u.name AND s.deleted_at IS NULL)\
            """);
        CONTRADICTIONS.put("a subject knows its latest and its highest version", """
            SELECT u.name FROM subjects u, LATERAL (
                SELECT s.id, s.version FROM schemas s WHERE s.tenant = u.tenant AND s.subject = u.name
                ORDER BY s.version_major DESC, s.version_minor DESC, s.version_patch DESC LIMIT 1) AS last
            WHERE (u.latest_id, u.latest_version, u.highest_version) IS DISTINCT FROM (last.id, last.version, last.version)\
            """);
        CONTRADICTIONS.put("no version is newer than its subject's revision", """
            SELECT s.id FROM schemas s JOIN subjects u ON s.tenant = u.tenant AND s.subject = u.name
            WHERE s.revision > u.revision\
            """);
        // By subject: a batch that is repeated may find that "latest" has moved on, and refer to another version.
        CONTRADICTIONS.put("a batch is there whole or not at all", """
            SELECT tag FROM schemas, unnest(tags) AS tag WHERE tag LIKE '%s%%'
            GROUP BY tag HAVING count(DISTINCT subject) <> %d\
            """.formatted(BATCH_TAG, BATCH_SIZE));
    }

    private Integrity() {}

    /** Fails if anything is there by half. Only for releases that were neither deleted nor put in another state. */
    static void check(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> contradiction : CONTRADICTIONS.entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(contradiction.getValue())) {
                while (rows.next()) {
                    found.add("not so: " + contradiction.getKey() + ": " + rows.getString(1));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    static long count(Connection connection, String fromWhere) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + fromWhere)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
