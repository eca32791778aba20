-- Validations of documents. Nothing was written to their history before this step.

-- Whole numbers: the same sum in whatever order they are added.
ALTER TABLE validation_history ALTER COLUMN duration_ms TYPE bigint USING (duration_ms * 1000000)::bigint;
ALTER TABLE validation_history RENAME COLUMN duration_ms TO duration_ns;

-- The history of a version, in the very order of its pages.
DROP INDEX idx_validation_history_schema;
CREATE INDEX idx_validation_history_schema ON validation_history (schema_id, validated_at DESC, id DESC);

-- The few that failed among the many that did not.
CREATE INDEX idx_validation_history_invalid ON validation_history (schema_id, validated_at DESC, id DESC) WHERE NOT valid;

-- Whether a document was ever validated. It is only ever compared for equality, so its digits need not be in the index.
CREATE INDEX idx_validation_history_data_hash ON validation_history USING hash (data_hash);

-- Validations, counted per version and hour, so that a rate over weeks does not read every validation of them.
CREATE TABLE validation_counts (
    tenant            text COLLATE "C" NOT NULL,
    schema_id         uuid             NOT NULL,
    bucket            timestamptz      NOT NULL,
    validations       bigint           NOT NULL,
    failures          bigint           NOT NULL,
    duration_ns       bigint           NOT NULL,
    last_validated_at timestamptz      NOT NULL,
    PRIMARY KEY (schema_id, bucket)
) PARTITION BY RANGE (bucket);
CREATE TABLE validation_counts_default PARTITION OF validation_counts DEFAULT;

-- What a tenant validated in a period. Without the counts, which change every few seconds: an update that touches no index is cheap.
CREATE INDEX idx_validation_counts_tenant ON validation_counts (tenant, bucket);

-- Documents that failed, counted per version, hour, place in the document and kind of rule.
CREATE TABLE validation_failures (
    tenant    text COLLATE "C" NOT NULL,
    schema_id uuid             NOT NULL,
    bucket    timestamptz      NOT NULL,
    path      text COLLATE "C" NOT NULL,
    keyword   text COLLATE "C" NOT NULL,
    failures  bigint           NOT NULL,
    PRIMARY KEY (schema_id, bucket, path, keyword)
) PARTITION BY RANGE (bucket);
CREATE TABLE validation_failures_default PARTITION OF validation_failures DEFAULT;

-- Rows that were written by hand are counted, so that rates agree with the history.
INSERT INTO validation_counts (tenant, schema_id, bucket, validations, failures, duration_ns, last_validated_at)
SELECT min(tenant), schema_id, date_bin('1 hour', validated_at, 'epoch'), count(*), count(*) FILTER (WHERE NOT valid),
       sum(duration_ns), max(validated_at)
FROM validation_history
GROUP BY schema_id, date_bin('1 hour', validated_at, 'epoch');
