package io.llmschema.storage.postgres;

import io.llmschema.model.Subject;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code search_words}: what versions are found by, each as its difference from the version before.
 *
 * <p>Rows that build on each other are a run. Its first row is whole; replayed in order ({@code search_document} in SQL), the rows up to
 * a version give the document of that version: exactly its words, with exactly their weights. Runs are short, so a document is a few
 * rows away, and only a removal changes rows, so the index has nothing to forget.
 *
 * <p>Positions, which only phrases ask for, are of the sentence: a sentence that is new is gained whole, even if all its words were there.
 * Where a sentence goes but each of its words stays in another, its positions stay to the end of the run.
 */
final class SearchWords {
    /** The most rows of a run: so many are replayed to have a document. */
    static final int MAX_RUN = 16;

    /**
     * Adds what a version {@code s} of a locked subject is found by other than the version before, if there is anything: the database's
     * function. The version is the subject's last.
     */
    static final String ADD = """
            words AS MATERIALIZED (
                SELECT add_search_words(
                    s.tenant, s.subject, s.ordinal, :textHash, %d, :titles, :words, :descriptions,
                    :beforeHash::bigint, :isSmall,
                    :lostTitles, :lostWords, :lostDescriptions, :gainedTitles, :gainedWords, :gainedDescriptions)
                FROM s
            )""".formatted(MAX_RUN);

    /** The same for a version that comes before others: they are found by what they were, so a run that goes on behind it is broken there. */
    static final String INSERT = """
            words AS MATERIALIZED (
                SELECT insert_search_words(s.tenant, s.subject, s.ordinal, :textHash, :titles, :words, :descriptions) FROM s
            )""";

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

    /** What {@link #INSERT} needs. */
    static <S extends SqlStatement<S>> S bind(S statement, SearchText text) {
        return statement
                .bind("textHash", text.hash())
                .bind("titles", text.titles())
                .bind("words", text.words())
                .bind("descriptions", text.descriptions());
    }

    /**
     * What {@link #ADD} needs.
     *
     * @param before the texts of the version before; null: they are not known, or there is none
     */
    static <S extends SqlStatement<S>> S bind(S statement, @Nullable SearchText before, SearchText text) {
        SearchDifference difference = before == null ? null : SearchDifference.between(before, text);
        SearchText lost = difference == null ? SearchText.NONE : difference.lost();
        SearchText gained = difference == null ? SearchText.NONE : difference.gained();
        return bind(statement, text)
                .bind("beforeHash", difference == null ? null : difference.before())
                .bind("isSmall", difference != null && difference.isSmall())
                .bind("lostTitles", lost.titles())
                .bind("lostWords", lost.words())
                .bind("lostDescriptions", lost.descriptions())
                .bind("gainedTitles", gained.titles())
                .bind("gainedWords", gained.words())
                .bind("gainedDescriptions", gained.descriptions());
    }

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
