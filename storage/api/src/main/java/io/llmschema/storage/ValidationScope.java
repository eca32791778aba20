package io.llmschema.storage;

import io.llmschema.model.SchemaId;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;

/** The versions whose validations are asked about. */
public sealed interface ValidationScope {
    TenantId tenant();

    /** One version. */
    record OfVersion(SchemaId id) implements ValidationScope {
        @Override
        public TenantId tenant() {
            return id.tenant();
        }
    }

    /** All versions of a subject, deleted ones too. */
    record OfSubject(Subject subject) implements ValidationScope {
        @Override
        public TenantId tenant() {
            return subject.tenant();
        }
    }
}
