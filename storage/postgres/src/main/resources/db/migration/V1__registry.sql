-- The tables of the registry. Portable to PostgreSQL 15.
--
-- Every key begins with the tenant, so that no query can forget it cheaply. Names are compared by their bytes (collation "C"):
-- the same order on every server, and a prefix is a range.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Numbers of contents, as Kafka's wire format carries them. A native sequence: it is never locked by a transaction.
CREATE SEQUENCE global_ids AS integer;

CREATE TABLE subjects (
    tenant            text COLLATE "C" NOT NULL,
    name              text COLLATE "C" NOT NULL,
    description       text,
    owner             text,
    tags              text[]      NOT NULL DEFAULT '{}',
    metadata          json        NOT NULL DEFAULT '{}',
    stage             text        NOT NULL DEFAULT 'ACTIVE',
    state_reason      text,
    state_sunset      date,
    state_replacement text,
    created_at        timestamptz NOT NULL,
    created_by        text        NOT NULL,
    updated_at        timestamptz NOT NULL,
    deleted_at        timestamptz,
    revision          bigint      NOT NULL,
    last_ordinal      integer     NOT NULL,
    -- Kept beside the versions because every registration and every read of "latest" needs them.
    version_count     integer     NOT NULL,
    highest_version   text,
    latest_version    text,
    latest_id         uuid,
    PRIMARY KEY (tenant, name)
);

-- Typo-tolerant subject search. On subjects rather than on schemas, as the seed had it: a subject with a thousand versions has one name.
CREATE INDEX idx_subjects_name_trgm ON subjects USING gin (name gin_trgm_ops);

-- Each content once per tenant, type and references.
CREATE TABLE contents (
    tenant          text COLLATE "C" NOT NULL,
    global_id       integer NOT NULL,
    schema_type     text    NOT NULL,
    raw_hash        bytea   NOT NULL,
    references_hash bytea   NOT NULL,
    canonical_hash  bytea   NOT NULL,
    unordered_hash  bytea   NOT NULL,
    size            integer NOT NULL,
    content         bytea   NOT NULL,
    PRIMARY KEY (tenant, global_id),
    CONSTRAINT contents_identity UNIQUE (tenant, raw_hash, schema_type, references_hash)
);
CREATE INDEX idx_contents_canonical_hash ON contents USING hash (canonical_hash);
CREATE INDEX idx_contents_unordered_hash ON contents USING hash (unordered_hash);

CREATE TABLE schemas (
    id                      uuid PRIMARY KEY,
    tenant                  text COLLATE "C" NOT NULL,
    subject                 text COLLATE "C" NOT NULL,
    ordinal                 integer     NOT NULL,
    -- The version without its build metadata: two versions with equal text have equal precedence, and the other way round.
    version                 text COLLATE "C" NOT NULL,
    version_build           text        NOT NULL DEFAULT '',
    version_major           integer     NOT NULL,
    version_minor           integer     NOT NULL,
    version_patch           integer     NOT NULL,
    -- Bytes that sort as semver orders pre-releases; a release is the single byte ff, above all of them.
    version_pre_release_key bytea       NOT NULL,
    global_id               integer     NOT NULL,
    schema_type             text        NOT NULL,
    stage                   text        NOT NULL,
    state_reason            text,
    state_sunset            date,
    state_replacement       text,
    -- name, subject, version, name, subject, version, ...: read with the row; schema_dependencies holds the same as a graph.
    schema_references       text[]      NOT NULL DEFAULT '{}',
    description             text,
    owner                   text,
    tags                    text[]      NOT NULL DEFAULT '{}',
    -- json, not jsonb: people get back the key order they gave.
    metadata                json        NOT NULL DEFAULT '{}',
    created_at              timestamptz NOT NULL,
    created_by              text        NOT NULL,
    deleted_at              timestamptz,
    revision                bigint      NOT NULL,
    FOREIGN KEY (tenant, subject) REFERENCES subjects (tenant, name),
    FOREIGN KEY (tenant, global_id) REFERENCES contents (tenant, global_id),
    CONSTRAINT schemas_ordinal UNIQUE (tenant, subject, ordinal),
    CONSTRAINT schemas_version UNIQUE (tenant, subject, version)
);

-- Primary lookups: the highest version of a subject, or of a range.
CREATE INDEX idx_schemas_subject_version ON schemas
    (tenant, subject, version_major DESC, version_minor DESC, version_patch DESC, version_pre_release_key DESC)
    WHERE deleted_at IS NULL;

-- Containment queries on metadata and tags.
CREATE INDEX idx_schemas_metadata_gin ON schemas USING gin ((metadata::jsonb) jsonb_path_ops, tags);

-- Hot data: the active versions of a subject, the newest first.
CREATE INDEX idx_schemas_active ON schemas (tenant, subject, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND stage = 'ACTIVE';

-- The view subject_versions from the index alone.
CREATE INDEX idx_schemas_covering ON schemas
    (tenant, subject, id, created_at, version_major, version_minor, version_patch)
    INCLUDE (version_pre_release_key, version)
    WHERE deleted_at IS NULL;

-- All versions with one content.
CREATE INDEX idx_schemas_global_id ON schemas (tenant, global_id);

CREATE TABLE schema_dependencies (
    schema_id       uuid    NOT NULL REFERENCES schemas (id),
    position        integer NOT NULL,
    name            text    NOT NULL,
    depends_on_id   uuid    NOT NULL REFERENCES schemas (id),
    dependency_type text    NOT NULL DEFAULT 'REFERENCE',
    PRIMARY KEY (schema_id, position)
);
CREATE INDEX idx_schema_dependencies_depends_on ON schema_dependencies (depends_on_id);

-- What a schema is found by, derived from its content: never the truth, always rebuildable.
CREATE TABLE search_documents (
    schema_id uuid PRIMARY KEY REFERENCES schemas (id),
    tenant    text COLLATE "C" NOT NULL,
    document  tsvector NOT NULL
);
CREATE INDEX idx_search_documents ON search_documents USING gin (document);

CREATE VIEW subject_versions AS
SELECT tenant,
       subject,
       count(*)        AS version_count,
       max(created_at) AS latest_version_at,
       array_agg(version ORDER BY version_major, version_minor, version_patch, version_pre_release_key) AS versions
FROM schemas
WHERE deleted_at IS NULL
GROUP BY tenant, subject;

-- The outcome of every validation of a document; never the document itself.
CREATE TABLE validation_history (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    tenant       text COLLATE "C" NOT NULL,
    schema_id    uuid             NOT NULL,
    data_hash    varchar(64)      NOT NULL,
    valid        boolean          NOT NULL,
    error_count  integer          NOT NULL,
    validated_at timestamptz      NOT NULL,
    duration_ms  double precision NOT NULL,
    PRIMARY KEY (validated_at, id)
) PARTITION BY RANGE (validated_at);
CREATE TABLE validation_history_default PARTITION OF validation_history DEFAULT;
CREATE INDEX idx_validation_history_schema ON validation_history (schema_id, validated_at DESC);

-- Reads, counted per schema and minute.
CREATE TABLE schema_access_log (
    tenant            text COLLATE "C" NOT NULL,
    schema_id         uuid             NOT NULL,
    bucket            timestamptz      NOT NULL,
    access_count      bigint           NOT NULL,
    response_time_ms  double precision NOT NULL,
    last_accessed_at  timestamptz      NOT NULL,
    PRIMARY KEY (schema_id, bucket)
) PARTITION BY RANGE (bucket);
CREATE TABLE schema_access_log_default PARTITION OF schema_access_log DEFAULT;

CREATE MATERIALIZED VIEW popular_schemas AS
SELECT s.tenant,
       s.id,
       s.subject,
       s.version,
       sum(l.access_count)                                             AS access_count,
       sum(l.response_time_ms) / nullif(sum(l.access_count), 0)        AS avg_response_time_ms,
       max(l.last_accessed_at)                                         AS last_accessed_at
FROM schema_access_log l
JOIN schemas s ON s.id = l.schema_id
WHERE s.deleted_at IS NULL
GROUP BY s.tenant, s.id, s.subject, s.version;
-- Unique, as a concurrent refresh needs it.
CREATE UNIQUE INDEX idx_popular_schemas_id ON popular_schemas (id);
CREATE INDEX idx_popular_schemas_count ON popular_schemas (access_count DESC);
