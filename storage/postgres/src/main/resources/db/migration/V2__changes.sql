-- What caches need: how new an answer is, and what has changed.

-- The transaction that changed the subject last. Readers compare it with how far they have read the log.
ALTER TABLE subjects ADD COLUMN last_change xid8 NOT NULL DEFAULT '0';

-- The version that a content came with: for ever the same, so that what a global id leads to can be kept.
ALTER TABLE contents ADD COLUMN first_schema_id uuid;
UPDATE contents c SET first_schema_id =
    (SELECT s.id FROM schemas s WHERE s.tenant = c.tenant AND s.global_id = c.global_id ORDER BY s.created_at, s.id LIMIT 1);
ALTER TABLE contents ALTER COLUMN first_schema_id SET NOT NULL;

-- One row for each change of a subject, written in the transaction that made it. Kept for a few hours.
--
-- Ordered by transaction rather than by a sequence: a number taken early may be committed late, and who reads on from the highest
-- number seen would never see it. But all transactions below pg_snapshot_xmin have ended, so who reads on from there misses none.
CREATE TABLE subject_changes (
    xact        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    tenant      text COLLATE "C" NOT NULL,
    subject     text COLLATE "C" NOT NULL,
    revision    bigint      NOT NULL,
    -- Whether versions that were there before changed their state or were deleted.
    alters      boolean     NOT NULL,
    -- The versions that came or changed, and for each the global id of its content if it came with it, or else 0.
    version_ids uuid[]      NOT NULL,
    content_ids integer[]   NOT NULL
);
CREATE INDEX idx_subject_changes_xact ON subject_changes (xact);
-- In the order of the rows, so that a few pages of summaries do.
CREATE INDEX idx_subject_changes_time ON subject_changes USING brin (changed_at) WITH (pages_per_range = 16);

-- Which registry this is: what caches shared by several go by.
CREATE TABLE registry_identity (
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO registry_identity DEFAULT VALUES;
