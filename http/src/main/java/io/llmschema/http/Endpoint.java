package io.llmschema.http;

/** What answers the requests of one route. A {@link io.llmschema.model.RegistryException} it throws becomes the dialect's error. */
@FunctionalInterface
public interface Endpoint {
    Answer answer(Request request);
}
