package io.llmschema.storage;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import java.util.Collection;
import java.util.Map;

/** Questions whose answers say how new they are: what a cache needs of the store behind it. Each answer is of one moment. */
public interface SightReader {
    /**
     * What {@link SchemaReader#getSchema} answers.
     *
     * <p>Its revision is the subject's for {@link SchemaKey.ByVersion}, and that of the version found for the other keys.
     */
    Seen<Schema> see(SchemaKey key);

    /** The same for several keys at once; no key is left out. */
    Map<SchemaKey, Seen<Schema>> seeAll(Collection<? extends SchemaKey> keys);

    /** What {@link SubjectReader#getSubject} answers. */
    Seen<SubjectSummary> see(Subject subject);

    /** What {@link SubjectReader#getSettings} answers, always found. Its revision is the subject's. */
    Seen<SubjectSettings> seeSettings(Subject subject);
}
