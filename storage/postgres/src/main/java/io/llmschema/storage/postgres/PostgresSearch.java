package io.llmschema.storage.postgres;

import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Search over one connection: trigrams of subject names beside the full text of {@link SearchWords}. */
final class PostgresSearch {
    /** What {@link Conditions} speak of, for searches of the latest versions only. */
    private static final String LATEST_ONLY =
            "JOIN subjects u ON u.latest_id = s.id AND u.tenant = s.tenant AND u.name = s.subject\n";

    /** A word in the text of a {@code tsquery}, with its quotes. */
    private static final String QUOTED = "'''(?:[^'']|'''')*'''";

    /**
     * So many of the words that must all be there are looked up, the longest, which are mostly the rarest; the rest is asked of the documents.
     */
    private static final int MAX_LOOKUPS = 4;

    /**
     * Versions whose document or whose subject's name matches, with a score. A match of the name counts more than any of the text.
     *
     * <p>The query is read twice, once with English word forms and once letter by letter, because names are indexed as they are. Of
     * either reading that is looked up in the index what a document must have; a word may be in any row of a run. The documents of the
     * runs that are found are made and asked the query itself.
     */
    private static final String MATCHES = """
            WITH query AS MATERIALIZED (
                SELECT websearch_to_tsquery('english', :words) || websearch_to_tsquery('simple', :words) AS words
            ), readings AS MATERIALIZED (
                -- Without what must not be there; T where a document need not have any word.
                SELECT config, querytree(websearch_to_tsquery(config, :words)) AS needed
                FROM (VALUES ('english'::regconfig), ('simple'::regconfig)) AS reading (config)
            ), lexemes AS (
                SELECT DISTINCT r.config, quoted[1] AS lexeme, (search_numbers(quoted[1]))[1] AS number,
                       regexp_replace(r.needed, %2$s, '', 'g') LIKE '%%|%%' AS is_choice
                FROM readings r, regexp_matches(r.needed, %2$s, 'g') AS quoted
            ), lookups AS MATERIALIZED (
                SELECT config, 1::bigint AS place, array_agg(number) AS numbers
                FROM lexemes WHERE is_choice GROUP BY config
                UNION ALL
                SELECT config, place, ARRAY[number]
                FROM (SELECT config, number, row_number() OVER (PARTITION BY config ORDER BY length(lexeme) DESC, lexeme) AS place
                      FROM lexemes WHERE NOT is_choice) AS longest
                WHERE place <= %3$d
            ), runs AS MATERIALIZED (
                SELECT w.subject, w.run
                FROM lookups l
                JOIN search_words w ON search_numbers(w.gained) && l.numbers
                WHERE w.tenant = :tenant
                GROUP BY l.config, w.subject, w.run
                HAVING count(DISTINCT l.place) = (SELECT count(*) FROM lookups o WHERE o.config = l.config)
                UNION
                SELECT subject, run FROM search_words
                WHERE tenant = :tenant AND (SELECT bool_or(needed = 'T') FROM readings)
            ), matches AS (
                %1$s
            ), hits AS (
                SELECT schema_id, max(score) AS score FROM matches GROUP BY schema_id
            )
            """;

    /** Each document is made once and serves all versions up to the next. */
    private static final String ALL_MATCHES = """
            SELECT n.id AS schema_id, d.score
                FROM (
                    SELECT subject, ordinal, until, ts_rank(document, (SELECT words FROM query))::float8 AS score
                    FROM (
                        SELECT w.subject, w.ordinal, search_document(w.lost, w.gained) OVER in_run AS document,
                               coalesce(lead(w.ordinal) OVER in_run, (
                                   SELECT min(f.run) FROM search_words f
                                   WHERE f.tenant = :tenant AND f.subject = w.subject AND f.run > w.run)) AS until
                        FROM runs r
                        JOIN search_words w ON w.tenant = :tenant AND w.subject = r.subject AND w.run = r.run
                        WINDOW in_run AS (PARTITION BY w.subject, w.run ORDER BY w.ordinal)
                    ) AS made
                    WHERE document @@ (SELECT words FROM query)
                ) AS d
                JOIN schemas n ON n.tenant = :tenant AND n.subject = d.subject
                    AND n.ordinal >= d.ordinal AND n.ordinal < coalesce(d.until, 2147483647)
                UNION ALL
                SELECT n.id, 1 + word_similarity(:words, u.name)::float8
                FROM subjects u
                JOIN schemas n ON n.tenant = u.tenant AND n.subject = u.name
                WHERE u.tenant = :tenant AND u.deleted_at IS NULL AND :words <% u.name""";

    /** Of each subject only the run that the latest version is in. */
    private static final String LATEST_MATCHES = """
            SELECT n.id AS schema_id, ts_rank(d.document, (SELECT words FROM query))::float8 AS score
                FROM runs r
                JOIN subjects u ON u.tenant = :tenant AND u.name = r.subject
                JOIN schemas n ON n.id = u.latest_id
                CROSS JOIN LATERAL (
                    SELECT search_document(w.lost, w.gained ORDER BY w.ordinal) AS document
                    FROM search_words w
                    WHERE w.tenant = :tenant AND w.subject = r.subject AND w.run = r.run AND w.ordinal <= n.ordinal
                ) AS d
                WHERE r.run = (
                    SELECT max(c.run) FROM search_words c
                    WHERE c.tenant = :tenant AND c.subject = r.subject AND c.run <= n.ordinal)
                  AND d.document @@ (SELECT words FROM query)
                UNION ALL
                SELECT n.id, 1 + word_similarity(:words, u.name)::float8
                FROM subjects u
                JOIN schemas n ON n.id = u.latest_id
                WHERE u.tenant = :tenant AND u.deleted_at IS NULL AND :words <% u.name""";

    private static final String WITH_ALL = MATCHES.formatted(ALL_MATCHES, QUOTED, MAX_LOOKUPS);
    private static final String WITH_LATEST = MATCHES.formatted(LATEST_MATCHES, QUOTED, MAX_LOOKUPS);

    private final Handle handle;

    PostgresSearch(Handle handle) {
        this.handle = handle;
    }

    /** See {@link io.llmschema.storage.SchemaReader#searchSchemas}. */
    Page<SearchHit> search(SearchQuery query, PageRequest page) {
        Conditions conditions = new Conditions().filter(query.filter());
        PagePosition after = page.after();
        boolean isLatest = query.scope() == SearchQuery.Scope.LATEST;
        String latest = isLatest ? LATEST_ONLY : "";
        String words = query.words();
        String from = "FROM schemas s\n";
        String with = "";
        if (words != null) {
            conditions.bind("words", stored(words));
            with = isLatest ? WITH_LATEST : WITH_ALL;
            from = "FROM hits h JOIN schemas s ON s.id = h.schema_id\n";
        }
        String orderBy;
        Function<SearchHit, PagePosition> position;
        if (words != null && query.order() == SearchQuery.Order.RELEVANCE) {
            orderBy = "h.score DESC, s.id DESC";
            position = hit -> PagePosition.of(
                    Double.toString(hit.score()), hit.schema().id().toString());
            if (after != null) {
                conditions
                        .and("(h.score, s.id) < (:afterScore, :afterId::uuid)")
                        .bind("afterScore", after.key(0, Double::valueOf))
                        .bind("afterId", after.key(1, UUID::fromString));
            }
        } else {
            SchemaOrder order =
                    query.order() == SearchQuery.Order.NEWEST_FIRST ? SchemaOrder.NEWEST_FIRST : SchemaOrder.BY_ORDINAL;
            orderBy = PostgresReader.orderBy(order);
            position = hit -> PostgresReader.position(order, hit.schema());
            if (after != null) {
                PostgresReader.after(order, after, query.filter().tenant(), conditions);
            }
        }
        String score = words == null ? "0::float8" : "h.score";
        String sql = with + "SELECT " + score + " AS score, " + Rows.SUMMARY_COLUMNS + "\n" + from
                + "JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id\n" + latest + conditions.where()
                + "\nORDER BY " + orderBy + " LIMIT :limit";
        return PostgresReader.page(
                handle,
                sql,
                conditions,
                page,
                (row, _) -> new SearchHit(Rows.summary(row), row.getDouble("score")),
                position);
    }

    /** PostgreSQL's text type has no NUL; no word has one either. */
    private static String stored(String words) {
        return words.replace('\0', ' ');
    }
}
