-- Entries that are still to be sorted in are kept few: the pages of that list stay with an index for ever, and by default, 4 MB, they were
-- most of the indexes of a small registry.
ALTER INDEX idx_schemas_metadata_gin SET (gin_pending_list_limit = 64);
ALTER INDEX idx_subjects_name_trgm SET (gin_pending_list_limit = 64);
ALTER INDEX idx_search_words_gained SET (gin_pending_list_limit = 64);

-- As before, with one question less for each version.
--
-- Adds what a version of a subject that is locked is found by other than the version before, if there is anything. A function, because
-- only those steps cost something that are taken; as part of the statement that inserts the version they were all made ready each time.
--
-- before_hash is of the texts of the version before, lost and gained are the sentences by which they differ; null if that is not known,
-- or if there is no such version. The row of the version before has the hash of its texts too: if it is another one, they are not known either.
CREATE OR REPLACE FUNCTION add_search_words(
    of_tenant text, of_subject text, of_ordinal integer, of_text_hash bigint, max_run integer,
    titles text, words text, descriptions text,
    before_hash bigint, is_small boolean,
    lost_titles text, lost_words text, lost_descriptions text,
    gained_titles text, gained_words text, gained_descriptions text
) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    last_run integer;
    last_hash bigint;
    run_length integer;
    run_whole bigint;
    run_gained bigint;
    a tsvector;
    b tsvector;
    c tsvector;
    document tsvector;
    kept tsvector;
    lost_ones text[] := '{}';
    staying text[];
    gained_ones tsvector;
BEGIN
    SELECT w.run, (array_agg(w.text_hash ORDER BY w.ordinal DESC))[1],
           count(*), (array_agg(octet_length(w.gained) ORDER BY w.ordinal))[1], sum(octet_length(w.gained))
    INTO last_run, last_hash, run_length, run_whole, run_gained
    FROM search_words w
    WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run = (
        SELECT max(l.run) FROM search_words l WHERE l.tenant = of_tenant AND l.subject = of_subject)
    GROUP BY w.run;
    IF last_hash = of_text_hash THEN
        RETURN;
    END IF;

    IF last_hash = before_hash AND is_small THEN
        -- A run also ends where sentences that were gained, and may have been lost again, are more than what it began with.
        IF run_length < max_run AND run_gained <= 2 * run_whole THEN
            IF lost_titles <> '' OR lost_words <> '' OR lost_descriptions <> '' THEN
                a := to_tsvector('english', titles);
                b := to_tsvector('simple', words);
                c := to_tsvector('english', descriptions);
                -- Also a word that has lost but one of its weights: what still has it is gained again.
                lost_ones := tsvector_to_array(
                    ts_delete(to_tsvector('english', lost_titles), tsvector_to_array(a))
                    || ts_delete(to_tsvector('simple', lost_words), tsvector_to_array(b))
                    || ts_delete(to_tsvector('english', lost_descriptions), tsvector_to_array(c)));
                document := b || a || c;
                IF lost_ones && tsvector_to_array(document) THEN
                    staying := ARRAY(SELECT unnest(lost_ones) INTERSECT SELECT unnest(tsvector_to_array(document)));
                    gained_titles := concat_ws(chr(10), gained_titles, (
                        SELECT string_agg(sentence, chr(10)) FROM string_to_table(titles, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('english', sentence)) && staying));
                    gained_words := concat_ws(chr(10), gained_words, (
                        SELECT string_agg(sentence, chr(10)) FROM string_to_table(words, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('simple', sentence)) && staying));
                    gained_descriptions := concat_ws(chr(10), gained_descriptions, (
                        SELECT string_agg(sentence, chr(10)) FROM string_to_table(descriptions, chr(10)) AS sentence
                        WHERE tsvector_to_array(to_tsvector('english', sentence)) && staying));
                END IF;
            END IF;
            gained_ones := setweight(to_tsvector('simple', gained_words), 'B')
                || setweight(to_tsvector('english', gained_titles), 'A')
                || setweight(to_tsvector('english', gained_descriptions), 'C');
            IF cardinality(lost_ones) = 0 AND length(gained_ones) = 0 THEN
                RETURN;
            END IF;
            -- What is gained again may be much.
            IF staying IS NULL OR 2 * (cardinality(lost_ones) + length(gained_ones)) <= length(document) THEN
                INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
                VALUES (of_tenant, of_subject, last_run, of_ordinal, of_text_hash, lost_ones, gained_ones::text);
                RETURN;
            END IF;
        END IF;
    END IF;

    a := setweight(to_tsvector('english', titles), 'A');
    b := setweight(to_tsvector('simple', words), 'B');
    c := setweight(to_tsvector('english', descriptions), 'C');

    IF last_hash IS DISTINCT FROM before_hash AND last_run IS NOT NULL THEN
        SELECT count(*), search_document(w.lost, w.gained ORDER BY w.ordinal) INTO run_length, kept
        FROM search_words w WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run = last_run;
        lost_ones := tsvector_to_array(
            ts_delete(ts_filter(kept, '{a}'), tsvector_to_array(a))
            || ts_delete(ts_filter(kept, '{b}'), tsvector_to_array(b))
            || ts_delete(ts_filter(kept, '{c}'), tsvector_to_array(c)));
        kept := ts_delete(kept, lost_ones);
        gained_ones := setweight(to_tsvector('simple', coalesce((
                SELECT string_agg(sentence, chr(10)) FROM string_to_table(words, chr(10)) AS sentence
                WHERE NOT ts_filter(kept, '{b}') @@ phraseto_tsquery('simple', sentence)), '')), 'B')
            || setweight(to_tsvector('english', coalesce((
                SELECT string_agg(sentence, chr(10)) FROM string_to_table(titles, chr(10)) AS sentence
                WHERE NOT ts_filter(kept, '{a}') @@ phraseto_tsquery('english', sentence)), '')), 'A')
            || setweight(to_tsvector('english', coalesce((
                SELECT string_agg(sentence, chr(10)) FROM string_to_table(descriptions, chr(10)) AS sentence
                WHERE NOT ts_filter(kept, '{c}') @@ phraseto_tsquery('english', sentence)), '')), 'C');
        IF cardinality(lost_ones) = 0 AND length(gained_ones) = 0 THEN
            RETURN;
        END IF;
        -- A run also ends where a difference is not much less than the whole, or positions without a sentence pile up.
        IF run_length < max_run
            AND 2 * (cardinality(lost_ones) + length(gained_ones)) <= length(b || a || c)
            AND pg_column_size(kept || gained_ones) <= 2 * pg_column_size(b || a || c)
        THEN
            INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
            VALUES (of_tenant, of_subject, last_run, of_ordinal, of_text_hash, lost_ones, gained_ones::text);
            RETURN;
        END IF;
    END IF;

    INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
    VALUES (of_tenant, of_subject, of_ordinal, of_ordinal, of_text_hash, '{}', (b || a || c)::text);
END
$$;
