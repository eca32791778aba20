package io.llmschema.registry;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for the versions of a subject that say what a schema says, be it with other white space. */
final class SameMeaning {
    private SameMeaning() {}

    /** The newest of them, in the order of registration. */
    static Optional<SchemaSummary> newest(NewSchema schema, Deletion deletion, SchemaReader store) {
        SchemaFilter filter = SchemaFilter.all(schema.subject().tenant())
                .withSubject(schema.subject())
                .withFingerprint(schema.fingerprints().canonical())
                .withDeletion(deletion);
        @Nullable SchemaSummary newest = null;
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<SchemaSummary> page = store.listSchemas(filter, SchemaOrder.BY_ORDINAL, request);
            for (SchemaSummary version : page.items()) {
                if (schema.meansTheSameAs(version) && (newest == null || newest.ordinal() < version.ordinal())) {
                    newest = version;
                }
            }
            if (page.next() == null) {
                return Optional.ofNullable(newest);
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }
}
