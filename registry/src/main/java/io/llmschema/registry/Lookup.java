package io.llmschema.registry;

import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaStore;

/** The search for what must be there. */
record Lookup(SchemaStore store) {
    /** The schema that the key picks; a refusal if there is none. */
    Schema find(SchemaKey key) {
        return store.getSchema(key).orElseThrow(() -> notFound(key));
    }

    /** Tells a missing version from a missing subject. */
    RegistryException notFound(SchemaKey key) {
        if (key instanceof SchemaKey.ByVersion(Subject subject, VersionSelector _) && isMissing(subject)) {
            return new SubjectNotFound(subject);
        }
        return new SchemaNotFound(key);
    }

    boolean isMissing(Subject subject) {
        return store.getSubject(subject).filter(found -> !found.isDeleted()).isEmpty();
    }
}
