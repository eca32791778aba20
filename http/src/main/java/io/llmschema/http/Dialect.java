package io.llmschema.http;

import io.llmschema.model.RegistryException;
import java.util.List;

/** A way to speak to the registry: its routes, and how it says no. */
public interface Dialect {
    List<Route> routes();

    /**
     * Whether a path is one of its own though no route leads there, so that it is the one to say so.
     *
     * @param rawPath as it stands in the request line, without the query
     */
    boolean owns(String rawPath);

    /** How a refusal by the registry is said. */
    Answer refusal(RegistryException refusal);

    /** How a refusal of the request as such is said. */
    Answer refusal(HttpProblem problem);

    /**
     * How a defect of ours is said.
     *
     * @param incident what the log has it under
     */
    Answer defect(String incident);
}
