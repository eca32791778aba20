-- What else is set for a subject: what may be changed in it, and what a dialect of the API keeps beside, exactly as it was given. The scopes
-- for which settings are made have rows as __GLOBAL has: a context under the beginning of its subjects' names, and all contexts.
ALTER TABLE subjects
    ADD COLUMN set_mode       text,
    ADD COLUMN set_attributes json;

-- By what other registries know a content. By a hash index, which looks at nothing else: a guid is the hash of a text.
ALTER TABLE contents ADD COLUMN guid uuid;
CREATE INDEX idx_contents_guid ON contents USING hash (guid);

-- Most contents refer to nothing: that takes no hash any more, neither in the row nor in the index of identities.
UPDATE contents SET references_hash = '' WHERE references_hash = sha256('');

-- Adds what a version of a subject that is locked is found by, if other versions come behind it: one that came from elsewhere, with the
-- number that it has there. What these are found by stays as it is. So the run that goes on behind it is broken: from the next version on
-- it is another one, which begins with the whole of what that version is found by.
CREATE FUNCTION insert_search_words(
    of_tenant text, of_subject text, of_ordinal integer, of_text_hash bigint, titles text, words text, descriptions text
) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    behind integer;
    broken integer;
BEGIN
    SELECT min(s.ordinal) INTO behind FROM schemas s
    WHERE s.tenant = of_tenant AND s.subject = of_subject AND s.ordinal > of_ordinal;
    SELECT max(w.run) INTO broken FROM search_words w
    WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run <= behind;
    IF broken < of_ordinal THEN
        INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
        SELECT w.tenant, w.subject, behind, behind, (array_agg(w.text_hash ORDER BY w.ordinal DESC))[1], '{}',
               search_document(w.lost, w.gained ORDER BY w.ordinal)::text
        FROM search_words w
        WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run = broken AND w.ordinal <= behind
        GROUP BY w.tenant, w.subject;
        DELETE FROM search_words w
        WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run = broken AND w.ordinal = behind;
        UPDATE search_words w SET run = behind
        WHERE w.tenant = of_tenant AND w.subject = of_subject AND w.run = broken AND w.ordinal > behind;
    END IF;
    INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
    VALUES (of_tenant, of_subject, of_ordinal, of_ordinal, of_text_hash, '{}',
            (setweight(to_tsvector('simple', words), 'B')
                || setweight(to_tsvector('english', titles), 'A')
                || setweight(to_tsvector('english', descriptions), 'C'))::text);
END
$$;
