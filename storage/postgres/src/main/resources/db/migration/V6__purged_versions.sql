-- What is left of a version that was removed for good: its number and ordinal, so that they are never used again, and since when its
-- ids lead nowhere, or elsewhere, so that whoever was told so is not shown it again. Nothing of what it said.
CREATE TABLE purged_versions (
    tenant        text COLLATE "C" NOT NULL,
    subject       text COLLATE "C" NOT NULL,
    ordinal       integer     NOT NULL,
    -- As in schemas.
    version       text COLLATE "C" NOT NULL,
    version_build text        NOT NULL DEFAULT '',
    id            uuid        NOT NULL,
    global_id     integer     NOT NULL,
    -- Of the subject after it, and the transaction that did it.
    revision      bigint      NOT NULL,
    xact          xid8        NOT NULL DEFAULT pg_current_xact_id(),
    purged_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, subject, version),
    FOREIGN KEY (tenant, subject) REFERENCES subjects (tenant, name)
);
CREATE UNIQUE INDEX idx_purged_versions_id ON purged_versions (id);
CREATE INDEX idx_purged_versions_global_id ON purged_versions (tenant, global_id);
