package io.llmschema.storage.postgres;

import io.llmschema.model.Subject;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code search_words}: what versions are found by, each as its difference from the version before.
 *
 * <p>Rows that build on each other are a run. Its first row is whole; replayed in order ({@code search_document} in SQL), the rows up to
 * a version give the document of that version: exactly its words, with exactly their weights. Runs are short, so a document is a few
 * rows away, and rows are never changed, so the index has nothing to forget.
 *
 * <p>Positions, which only phrases ask for, are of the sentence: a sentence that is new is gained whole, even if all its words were there.
 * Where a sentence goes but each of its words stays in another, its positions stay to the end of the run.
 */
final class SearchWords {
    /** The most rows of a run: so many are replayed to have a document. */
    static final int MAX_RUN = 16;

    /** Of the parameters {@code titles}, {@code words} and {@code descriptions}, as {@link SearchText} has them. */
    private static final String TITLES = "setweight(to_tsvector('english', :titles), 'A')";

    private static final String WORDS = "setweight(to_tsvector('simple', :words), 'B')";
    private static final String DESCRIPTIONS = "setweight(to_tsvector('english', :descriptions), 'C')";

    /** Inserts the words of a subject's first version {@code s}. */
    static final String INSERT_FIRST = """
            words AS (
                INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
                SELECT tenant, subject, ordinal, ordinal, :textHash, '{}', (%s || %s || %s)::text
                FROM s
            )""".formatted(WORDS, TITLES, DESCRIPTIONS);

    /** Inserts what a later version {@code s} is found by other than the version before, if there is anything; the subject is locked. */
    static final String INSERT_NEXT = """
            last AS MATERIALIZED (
                SELECT l.run, l.text_hash = :textHash AS is_same FROM search_words l
                WHERE l.tenant = :tenant AND l.subject = :subject
                ORDER BY l.run DESC, l.ordinal DESC LIMIT 1
            ), before AS MATERIALIZED (
                SELECT max(w.run) AS run, count(*) AS run_length, search_document(w.lost, w.gained ORDER BY w.ordinal) AS document
                FROM search_words w
                WHERE w.tenant = :tenant AND w.subject = :subject
                  AND w.run = (SELECT run FROM last WHERE NOT is_same)
            ), whole AS MATERIALIZED (
                SELECT %s AS titles, %s AS words, %s AS descriptions FROM s
                WHERE NOT EXISTS (SELECT FROM last WHERE is_same)
            ), parting AS MATERIALIZED (
                -- Also a word that has lost but one of its weights: what still has it is gained again.
                SELECT tsvector_to_array(
                           ts_delete(ts_filter(b.document, '{a}'), tsvector_to_array(w.titles))
                           || ts_delete(ts_filter(b.document, '{b}'), tsvector_to_array(w.words))
                           || ts_delete(ts_filter(b.document, '{c}'), tsvector_to_array(w.descriptions))) AS lost
                FROM before b CROSS JOIN whole w
            ), kept AS MATERIALIZED (
                SELECT document, ts_filter(document, '{a}') AS titles, ts_filter(document, '{b}') AS words,
                       ts_filter(document, '{c}') AS descriptions
                FROM (SELECT ts_delete(b.document, p.lost) AS document FROM before b CROSS JOIN parting p) AS rest
            ), arriving AS MATERIALIZED (
                SELECT setweight(to_tsvector('simple', coalesce((
                           SELECT string_agg(sentence, chr(10)) FROM string_to_table(:words, chr(10)) AS sentence
                           WHERE NOT k.words @@ phraseto_tsquery('simple', sentence)), '')), 'B')
                       || setweight(to_tsvector('english', coalesce((
                           SELECT string_agg(sentence, chr(10)) FROM string_to_table(:titles, chr(10)) AS sentence
                           WHERE NOT k.titles @@ phraseto_tsquery('english', sentence)), '')), 'A')
                       || setweight(to_tsvector('english', coalesce((
                           SELECT string_agg(sentence, chr(10)) FROM string_to_table(:descriptions, chr(10)) AS sentence
                           WHERE NOT k.descriptions @@ phraseto_tsquery('english', sentence)), '')), 'C') AS gained
                FROM kept k
            ), step AS MATERIALIZED (
                SELECT b.run, p.lost, a.gained, whole.document,
                       -- A run ends where a difference is not much less than the whole, or positions without a sentence pile up.
                       b.run_length = 0 OR b.run_length >= %d
                           OR 2 * (cardinality(p.lost) + length(a.gained)) > length(whole.document)
                           OR pg_column_size(k.document || a.gained) > 2 * pg_column_size(whole.document) AS begins_run
                FROM before b CROSS JOIN parting p CROSS JOIN kept k CROSS JOIN arriving a
                CROSS JOIN (SELECT words || titles || descriptions AS document FROM whole) AS whole
                WHERE b.run_length = 0 OR cardinality(p.lost) > 0 OR length(a.gained) > 0
            ), words AS (
                INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
                SELECT s.tenant, s.subject,
                       CASE WHEN begins_run THEN s.ordinal ELSE step.run END, s.ordinal, :textHash,
                       CASE WHEN begins_run THEN '{}' ELSE step.lost END,
                       CASE WHEN begins_run THEN step.document ELSE step.gained END::text
                FROM s CROSS JOIN step
            )""".formatted(TITLES, WORDS, DESCRIPTIONS, MAX_RUN);

    /**
     * The same where it is known by which sentences the version's texts differ from those that have the hash {@code :beforeHash}. If the
     * last row is not of those, or no more so, a run begins.
     */
    static final String INSERT_DIFFERENCE = """
            last AS MATERIALIZED (
                SELECT l.run, l.text_hash FROM search_words l
                WHERE l.tenant = :tenant AND l.subject = :subject
                ORDER BY l.run DESC, l.ordinal DESC LIMIT 1
            ), step AS MATERIALIZED (
                -- A run also ends where sentences that were gained, and may have been lost again, are more than what it began with.
                SELECT l.run, NOT (:isSmall AND l.text_hash = :beforeHash AND r.length < %d AND r.gained <= r.whole) AS begins_run
                FROM last l CROSS JOIN LATERAL (
                    SELECT count(*) AS length, coalesce(sum(octet_length(w.gained)) FILTER (WHERE w.ordinal > w.run), 0) AS gained,
                           coalesce(sum(octet_length(w.gained)) FILTER (WHERE w.ordinal = w.run), 0) AS whole
                    FROM search_words w WHERE w.tenant = :tenant AND w.subject = :subject AND w.run = l.run
                ) AS r
                WHERE l.text_hash <> :textHash
            ), whole AS MATERIALIZED (
                SELECT %s AS titles, %s AS words, %s AS descriptions FROM step WHERE begins_run OR :isSomethingLost
            ), parting AS MATERIALIZED (
                -- Also a word that has lost but one of its weights: what still has it is gained again.
                SELECT lost, ARRAY (SELECT unnest(lost) INTERSECT SELECT unnest(tsvector_to_array(titles || words || descriptions))) AS staying
                FROM (SELECT *, tsvector_to_array(
                          ts_delete(to_tsvector('english', :lostTitles), tsvector_to_array(titles))
                          || ts_delete(to_tsvector('simple', :lostWords), tsvector_to_array(words))
                          || ts_delete(to_tsvector('english', :lostDescriptions), tsvector_to_array(descriptions))) AS lost
                      FROM whole) AS w
                WHERE NOT (SELECT begins_run FROM step)
            ), again AS MATERIALIZED (
                SELECT (SELECT string_agg(sentence, chr(10)) FROM string_to_table(:titles, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('english', sentence)) && p.staying) AS titles,
                       (SELECT string_agg(sentence, chr(10)) FROM string_to_table(:words, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('simple', sentence)) && p.staying) AS words,
                       (SELECT string_agg(sentence, chr(10)) FROM string_to_table(:descriptions, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('english', sentence)) && p.staying) AS descriptions
                FROM parting p WHERE cardinality(p.staying) > 0
            ), words AS (
                INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
                SELECT s.tenant, s.subject, CASE WHEN begins_run THEN s.ordinal ELSE run END, s.ordinal, :textHash,
                       CASE WHEN begins_run THEN '{}' ELSE coalesce((SELECT lost FROM parting), '{}') END,
                       CASE WHEN begins_run THEN (SELECT words || titles || descriptions FROM whole)
                           ELSE setweight(to_tsvector('simple', concat_ws(chr(10), :gainedWords, (SELECT words FROM again))), 'B')
                                || setweight(to_tsvector('english', concat_ws(chr(10), :gainedTitles, (SELECT titles FROM again))), 'A')
                                || setweight(to_tsvector('english', concat_ws(chr(10), :gainedDescriptions, (SELECT descriptions FROM again))), 'C')
                       END::text
                FROM s CROSS JOIN step
            )""".formatted(MAX_RUN, TITLES, WORDS, DESCRIPTIONS);

    /**
     * Removes what only one version is found by. The first statement gives its row to the next version, if that is found by the same; the
     * second, if that was not so, lets the next row of the run tell the difference from the version before the one removed.
     */
    private static final List<String> REMOVE = List.of("""
            UPDATE search_words w SET ordinal = heir.ordinal
            FROM (SELECT min(ordinal) AS ordinal FROM schemas
                  WHERE tenant = :tenant AND subject = :subject AND ordinal > :ordinal) AS heir
            WHERE w.tenant = :tenant AND w.subject = :subject AND w.ordinal = :ordinal AND heir.ordinal IS NOT NULL
              AND NOT EXISTS (SELECT FROM search_words o
                              WHERE o.tenant = :tenant AND o.subject = :subject AND o.ordinal > :ordinal AND o.ordinal <= heir.ordinal)
            """, """
            WITH gone AS (
                DELETE FROM search_words WHERE tenant = :tenant AND subject = :subject AND ordinal = :ordinal RETURNING *
            ), before AS (
                SELECT search_document(w.lost, w.gained ORDER BY w.ordinal) AS document
                FROM gone g
                JOIN search_words w ON w.tenant = g.tenant AND w.subject = g.subject AND w.run = g.run AND w.ordinal < g.ordinal
            )
            UPDATE search_words w SET
                gained = (ts_delete(g.gained::tsvector, w.lost) || w.gained::tsvector)::text,
                -- None that only the removed version had.
                lost = ARRAY (SELECT unnest(g.lost || w.lost) INTERSECT SELECT unnest(tsvector_to_array(b.document)))
            FROM gone g CROSS JOIN before b
            WHERE w.tenant = g.tenant AND w.subject = g.subject AND w.run = g.run AND w.ordinal = (
                SELECT min(o.ordinal) FROM search_words o
                WHERE o.tenant = g.tenant AND o.subject = g.subject AND o.run = g.run AND o.ordinal > g.ordinal)
            """);

    private SearchWords() {}

    /**
     * Removes what only one version is found by, so that no word is left that no other version has. What the others are found by is as it was.
     * The subject must be locked; the version's row may be there still, or be gone.
     */
    static void remove(Handle handle, Subject subject, int ordinal) {
        for (String statement : REMOVE) {
            handle.createUpdate(statement)
                    .bind("tenant", subject.tenant().value())
                    .bind("subject", subject.name())
                    .bind("ordinal", ordinal)
                    .execute();
        }
    }
}
