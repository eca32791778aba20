-- How a content lies in its row. Rows from before are as they were: encoding 0, and readable for ever.
ALTER TABLE contents
    -- 0 the bytes as they are, 1 zstd, 2 zstd with a dictionary that ships with the program (the frame says which), 3 zstd against the
    -- content "base_id", 4 in the blob store under its raw_hash (content is null).
    ADD COLUMN encoding    smallint NOT NULL DEFAULT 0,
    ADD COLUMN base_id     integer,
    -- How many contents must be read before this one can be, and how many bytes they and it are together: at most so many, as a base
    -- may have been stored anew by itself since.
    ADD COLUMN depth       smallint NOT NULL DEFAULT 0,
    ADD COLUMN chain_bytes integer  NOT NULL DEFAULT 0,
    -- Should be in the blob store, which could not be reached: moves there by itself.
    ADD COLUMN awaits_blob boolean  NOT NULL DEFAULT false,
    ALTER COLUMN content DROP NOT NULL,
    -- Compressed already.
    ALTER COLUMN content SET STORAGE EXTERNAL,
    ADD CONSTRAINT contents_encoding CHECK (
        CASE encoding WHEN 3 THEN base_id IS NOT NULL AND content IS NOT NULL
                      WHEN 4 THEN base_id IS NULL AND content IS NULL AND NOT awaits_blob
                      ELSE base_id IS NULL AND content IS NOT NULL END),
    ADD CONSTRAINT contents_base FOREIGN KEY (tenant, base_id) REFERENCES contents (tenant, global_id);

-- What is stored against a content: to be stored anew before that goes.
CREATE INDEX idx_contents_base ON contents (tenant, base_id) WHERE base_id IS NOT NULL;
CREATE INDEX idx_contents_awaits_blob ON contents (tenant, global_id) WHERE awaits_blob;
