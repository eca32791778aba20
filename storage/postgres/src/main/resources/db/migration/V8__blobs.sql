-- Objects of the blob store, as far as the database must know of them beside the contents that are there.

-- Who is about to refer to an object, from before it is put until the row that refers to it is committed. What a crash leaves is
-- removed with the object by the sweep.
CREATE TABLE blob_uploads (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    hash       bytea       NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX idx_blob_uploads_hash ON blob_uploads (hash);

-- Objects that the sweep is removing now: until it is done, nobody refers to them anew.
CREATE TABLE blob_removals (
    hash bytea PRIMARY KEY
);

-- Which contents need an object.
CREATE INDEX idx_contents_blob ON contents (raw_hash) WHERE encoding = 4 OR awaits_blob;
