-- No index of all contents begins with the tenant any more. As long as PostgreSQL knew nothing of a new table, it took such an index for as
-- good as one that names the row, and looked through all of a tenant's contents for one of them: 800 rows for each question
-- after a quarter of a minute of registrations, in the checks of foreign keys as well. Numbers are unique among all tenants nearly always.
ALTER TABLE schemas DROP CONSTRAINT schemas_tenant_global_id_fkey;
ALTER TABLE contents DROP CONSTRAINT contents_base;

ALTER TABLE contents DROP CONSTRAINT contents_pkey;
ALTER TABLE contents ADD CONSTRAINT contents_pkey PRIMARY KEY (global_id, tenant);

ALTER TABLE contents DROP CONSTRAINT contents_identity;
ALTER TABLE contents ADD CONSTRAINT contents_identity UNIQUE (raw_hash, tenant, schema_type, references_hash);

ALTER TABLE schemas ADD CONSTRAINT schemas_tenant_global_id_fkey
    FOREIGN KEY (tenant, global_id) REFERENCES contents (tenant, global_id);
ALTER TABLE contents ADD CONSTRAINT contents_base FOREIGN KEY (tenant, base_id) REFERENCES contents (tenant, global_id);
