package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Confluent's registry has and this one has not: keys for encryption, exporters, and associations of subjects with topics.
 *
 * <p>Whoever asks for associations is told that there are none, which is true: the newest clients ask before they name the subject of a topic.
 */
final class AbsentRoutes {
    private static final int NOT_IMPLEMENTED = 501;
    private static final String ASSOCIATIONS = "/associations";
    private static final String KEKS = "/dek-registry/v1/keks";
    private static final String DEKS = KEKS + "/{name}/deks";
    private static final String EXPORTERS = "/exporters";

    private static final List<String> PATHS = List.of(
            ASSOCIATIONS,
            ASSOCIATIONS + "/resources/{id}",
            "/associations:batchMutate",
            "/associations:batch",
            "/associations:batchGet",
            KEKS,
            KEKS + "/{name}",
            KEKS + "/{name}/undelete",
            KEKS + "/{name}/test",
            DEKS,
            DEKS + "/{subject}",
            DEKS + "/{subject}/undelete",
            DEKS + "/{subject}/versions",
            DEKS + "/{subject}/versions/{version}",
            DEKS + "/{subject}/versions/{version}/undelete",
            EXPORTERS,
            EXPORTERS + "/{name}",
            EXPORTERS + "/{name}/status",
            EXPORTERS + "/{name}/config",
            EXPORTERS + "/{name}/pause",
            EXPORTERS + "/{name}/resume",
            EXPORTERS + "/{name}/reset");

    private AbsentRoutes() {}

    static Stream<Route> routes() {
        Stream<Route> absent = PATHS.stream()
                .flatMap(path -> Stream.of("GET", "POST", "PUT", "DELETE").map(method -> absent(method, path)))
                .filter(route -> !isList(route));
        return Stream.concat(absent, lists());
    }

    private static Route absent(String method, String path) {
        return new Route(method, path, _ -> {
            throw new ConfluentRefusal(NOT_IMPLEMENTED, NOT_IMPLEMENTED, "%s is not supported".formatted(path));
        });
    }

    private static boolean isList(Route route) {
        return lists().anyMatch(list ->
                list.method().equals(route.method()) && list.template().equals(route.template()));
    }

    private static Stream<Route> lists() {
        return Stream.of("/resources/{id}", "/resources/{namespace}/{name}", "/subjects/{subject}")
                .map(path -> Route.get(ASSOCIATIONS + path, AbsentRoutes::none));
    }

    private static Answer none(Request request) {
        return Replies.read(request, out -> out.array(List.<String>of(), out::item));
    }
}
