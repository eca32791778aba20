package io.llmschema.storage;

import io.llmschema.model.Registration;

/**
 * What came of a registration, with what a cache must know of it.
 *
 * @param isLatest whether the version is what {@code latest} resolves to
 */
public record Registered(Registration registration, boolean isLatest) {}
