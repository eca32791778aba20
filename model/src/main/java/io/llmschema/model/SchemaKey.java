package io.llmschema.model;

import java.util.UUID;

/** A question that at most one schema answers. */
public sealed interface SchemaKey {
    TenantId tenant();

    /** The version with that id, soft-deleted or not: an id stays readable until the version is removed for good. */
    record ById(SchemaId id) implements SchemaKey {
        @Override
        public TenantId tenant() {
            return id.tenant();
        }

        @Override
        public String toString() {
            return "id " + id;
        }
    }

    /** The version with which that content came, soft-deleted or not; if that was removed for good, the oldest one left. */
    record ByGlobalId(GlobalId id) implements SchemaKey {
        @Override
        public TenantId tenant() {
            return id.tenant();
        }

        @Override
        public String toString() {
            return "global id " + id;
        }
    }

    /** The version with which the content came that has that guid, soft-deleted or not; if that was removed for good, the oldest one left. */
    record ByGuid(TenantId tenant, UUID guid) implements SchemaKey {
        @Override
        public String toString() {
            return "guid " + guid;
        }
    }

    /** The version of the subject that the selector picks among those not deleted. */
    record ByVersion(Subject subject, VersionSelector selector) implements SchemaKey {
        @Override
        public TenantId tenant() {
            return subject.tenant();
        }

        @Override
        public String toString() {
            return "version " + selector + " of subject '" + subject + "'";
        }
    }

    /** The first version, by id, whose raw bytes have that hash, soft-deleted or not. */
    record ByFingerprint(TenantId tenant, Fingerprint raw) implements SchemaKey {
        @Override
        public String toString() {
            return "hash " + raw;
        }
    }
}
