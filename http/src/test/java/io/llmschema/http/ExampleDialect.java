package io.llmschema.http;

import io.llmschema.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A dialect that owns the paths below one, and signs what it refuses.
 *
 * @param path with a slash before it and none behind
 */
record ExampleDialect(String path, List<Route> routes) implements Dialect {
    @Override
    public boolean owns(String rawPath) {
        return rawPath.startsWith(path + "/");
    }

    @Override
    public Answer refusal(RegistryException refusal) {
        return signed(400, String.valueOf(refusal.getMessage()));
    }

    @Override
    public Answer refusal(HttpProblem problem) {
        return signed(problem.kind().status(), problem.detail());
    }

    @Override
    public Answer defect(String incident) {
        return signed(500, incident);
    }

    private Answer signed(int status, String text) {
        return Answer.of(status, "text/plain", (path + " says: " + text).getBytes(StandardCharsets.UTF_8));
    }
}
