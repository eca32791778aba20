-- Reads over time. Nothing was written to the access log before this step.

DROP MATERIALIZED VIEW popular_schemas;

-- Whole numbers: the same sum in whatever order they are added.
ALTER TABLE schema_access_log ALTER COLUMN response_time_ms TYPE bigint USING (response_time_ms * 1000000)::bigint;
ALTER TABLE schema_access_log RENAME COLUMN response_time_ms TO response_time_ns;

-- What a tenant read in a period. The counts are not in it, though they are what is asked for: they change every few seconds, and an
-- update that touches no index is many times cheaper.
CREATE INDEX idx_schema_access_log_tenant ON schema_access_log (tenant, bucket);

-- A window rather than all time: what was popular last year is not worth warming a cache with, and old partitions are not read.
CREATE MATERIALIZED VIEW popular_schemas AS
SELECT s.tenant,
       s.id,
       s.subject,
       s.version,
       l.access_count,
       l.avg_response_time_ms,
       l.last_accessed_at
FROM (
    SELECT schema_id,
           sum(access_count)::bigint                                                         AS access_count,
           sum(response_time_ns)::double precision / sum(access_count)::double precision / 1000000 AS avg_response_time_ms,
           max(last_accessed_at)                                                             AS last_accessed_at
    FROM schema_access_log
    WHERE bucket >= now() - interval '7 days'
    GROUP BY schema_id
) AS l
JOIN schemas s ON s.id = l.schema_id
WHERE s.deleted_at IS NULL;
-- Unique, as a concurrent refresh needs it.
CREATE UNIQUE INDEX idx_popular_schemas_id ON popular_schemas (id);
CREATE INDEX idx_popular_schemas_count ON popular_schemas (access_count DESC, id);
