package io.llmschema.http;

import io.llmschema.model.RegistryException;
import java.util.List;

/** A way to speak to the registry: its routes, and how it says no. */
public interface Dialect {
    List<Route> routes();

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
