package io.llmschema.storage;

/** A store of which copies can be kept: it says how new its answers are, and what happens to it. */
public interface ObservableStorage extends StorageBackend, SightReader, ChangeLog {}
