-- What versions are found by, each as its difference from the version before: consecutive versions share nearly all their words.
-- Derived from the contents: never the truth.

-- What a version is found by, from what the version before it is found by.
CREATE FUNCTION search_document_next(document tsvector, lost text[], gained text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ts_delete(document, lost) || gained::tsvector;

-- Over the rows of a run, in the order of their ordinals.
CREATE AGGREGATE search_document(lost text[], gained text) (SFUNC = search_document_next, STYPE = tsvector, INITCOND = '');

-- A row holds from its version on, until the next row of the subject. A version that is found by the same as the one before has none.
CREATE TABLE search_words (
    tenant    text COLLATE "C" NOT NULL,
    subject   text COLLATE "C" NOT NULL,
    -- Rows that build on each other: the first is whole. It is the ordinal of the version for which the run was begun.
    run       integer NOT NULL,
    ordinal   integer NOT NULL,
    -- Of the texts that the words are of: a version with the same has nothing new. 0 if not known.
    text_hash bigint  NOT NULL,
    lost      text[]  NOT NULL,
    -- A tsvector as text: that compresses to two thirds of what the tsvector takes, which begins with lengths and offsets.
    gained    text    NOT NULL,
    PRIMARY KEY (tenant, subject, run, ordinal),
    FOREIGN KEY (tenant, subject) REFERENCES subjects (tenant, name)
);

-- Documents from before stay whole, each a run by itself: only so their phrases are found as they were.
INSERT INTO search_words (tenant, subject, run, ordinal, text_hash, lost, gained)
SELECT tenant, subject, ordinal, ordinal, 0, '{}', document::text
FROM (
    SELECT s.tenant, s.subject, s.ordinal, d.document,
           lag(d.document) OVER (PARTITION BY s.tenant, s.subject ORDER BY s.ordinal) AS document_before
    FROM schemas s
    JOIN search_documents d ON d.schema_id = s.id
) AS version
WHERE document IS DISTINCT FROM document_before;

DROP TABLE search_documents;

-- The words of a row by number, of which several words may have the same: a number takes less than a word, and there are only so many.
-- What is found by them is asked for the words themselves anyway. The hash is what hash indexes go by, so it does not change.
CREATE FUNCTION search_numbers(gained text) RETURNS integer[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT hashtext(word) & 65535 FROM unnest(tsvector_to_array(gained::tsvector)) AS word);

-- Every word of every version is gained in a row of its run.
--
-- The list of what is still to be sorted in is kept short, as its pages stay with the index for ever: by default they were half of it.
CREATE INDEX idx_search_words_gained ON search_words USING gin (search_numbers(gained)) WITH (gin_pending_list_limit = 128);
