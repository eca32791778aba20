package io.llmschema.model;

import java.util.UUID;

/** The identity of one version of one subject: a UUIDv7 (RFC 9562), inside a tenant. */
public record SchemaId(TenantId tenant, UUID uuid) {
    @Override
    public String toString() {
        return uuid.toString();
    }
}
