package io.llmschema.storage;

import io.llmschema.model.NewSchema;

/** A store of which copies can be kept: it says how new its answers are, and what happens to it. */
public interface ObservableStorage extends StorageBackend, SightReader, ChangeLog {
    /** Does what {@link #registerSchema} does. The revision of its answer is the subject's, with that version. */
    Seen<Registered> registerAndSee(NewSchema candidate, RegistrationRule rule);
}
