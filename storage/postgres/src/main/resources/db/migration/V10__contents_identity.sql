-- The identity of a content begins with its hash. It began with the tenant, as the primary key does: as long as PostgreSQL knew nothing
-- of a new table, it took the one for as good as the other, and looked through all of a tenant's contents for one global id, for the
-- check of the foreign key as well.
ALTER TABLE contents DROP CONSTRAINT contents_identity;
ALTER TABLE contents ADD CONSTRAINT contents_identity UNIQUE (raw_hash, tenant, schema_type, references_hash);
