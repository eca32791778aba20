-- Contents that nobody reads, many of one subject in one object of the blob store.
CREATE TABLE archives (
    hash       bytea PRIMARY KEY,
    tenant     text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    bytes      bigint      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE contents
    -- The archive that has it (encoding 5).
    ADD COLUMN archive bytea REFERENCES archives (hash),
    DROP CONSTRAINT contents_encoding,
    ADD CONSTRAINT contents_encoding CHECK (
        CASE encoding WHEN 3 THEN base_id IS NOT NULL AND content IS NOT NULL AND archive IS NULL
                      WHEN 4 THEN base_id IS NULL AND content IS NULL AND archive IS NULL AND NOT awaits_blob
                      WHEN 5 THEN base_id IS NULL AND content IS NULL AND archive IS NOT NULL AND NOT awaits_blob
                      ELSE base_id IS NULL AND content IS NOT NULL AND archive IS NULL END);
CREATE INDEX idx_contents_archive ON contents (archive) WHERE archive IS NOT NULL;
