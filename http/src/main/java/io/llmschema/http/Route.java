package io.llmschema.http;

/**
 * A method and a path that are answered.
 *
 * @param method in capitals
 * @param template the path, with parameters as whole segments in braces: {@code /api/v1/subjects/{subject}}
 */
public record Route(String method, String template, Endpoint endpoint) {
    public static Route get(String template, Endpoint endpoint) {
        return new Route("GET", template, endpoint);
    }

    public static Route post(String template, Endpoint endpoint) {
        return new Route("POST", template, endpoint);
    }

    public static Route put(String template, Endpoint endpoint) {
        return new Route("PUT", template, endpoint);
    }

    public static Route patch(String template, Endpoint endpoint) {
        return new Route("PATCH", template, endpoint);
    }

    public static Route delete(String template, Endpoint endpoint) {
        return new Route("DELETE", template, endpoint);
    }
}
