-- What is left of a version that was removed for good: its number and ordinal, so that they are never used again.
CREATE TABLE purged_versions (
    tenant        text COLLATE "C" NOT NULL,
    subject       text COLLATE "C" NOT NULL,
    ordinal       integer     NOT NULL,
    -- As in schemas.
    version       text COLLATE "C" NOT NULL,
    version_build text        NOT NULL DEFAULT '',
    purged_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, subject, version),
    FOREIGN KEY (tenant, subject) REFERENCES subjects (tenant, name)
);
