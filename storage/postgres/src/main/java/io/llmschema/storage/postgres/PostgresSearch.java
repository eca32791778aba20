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

/** Search over one connection: trigrams of subject names beside full text of search documents. */
final class PostgresSearch {
    /** What {@link Conditions} speak of, for searches of the latest versions only. */
    private static final String LATEST_ONLY =
            "JOIN subjects u ON u.latest_id = s.id AND u.tenant = s.tenant AND u.name = s.subject\n";

    /**
     * Versions whose document or whose subject's name matches, with a score. A match of the name counts more than any of the text.
     *
     * <p>The query is read twice, once with English word forms and once letter by letter, because names are indexed as they are.
     */
    private static final String MATCHES = """
            WITH query AS MATERIALIZED (
                SELECT websearch_to_tsquery('english', :words) || websearch_to_tsquery('simple', :words) AS words
            ), matches AS (
                SELECT d.schema_id, ts_rank(d.document, (SELECT words FROM query))::float8 AS score
                FROM search_documents d
                WHERE d.tenant = :tenant AND d.document @@ (SELECT words FROM query)
                UNION ALL
                SELECT n.id, 1 + word_similarity(:words, u.name)::float8
                FROM subjects u
                JOIN schemas n ON %s
                WHERE u.tenant = :tenant AND u.deleted_at IS NULL AND :words <%% u.name
            ), hits AS (
                SELECT schema_id, max(score) AS score FROM matches GROUP BY schema_id
            )
            """;

    private static final String ALL_OF_SUBJECT = "n.tenant = u.tenant AND n.subject = u.name";
    private static final String LATEST_OF_SUBJECT = "n.id = u.latest_id";

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
            with = MATCHES.formatted(isLatest ? LATEST_OF_SUBJECT : ALL_OF_SUBJECT);
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
