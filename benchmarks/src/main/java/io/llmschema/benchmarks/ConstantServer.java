package io.llmschema.benchmarks;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;

/** The HTTP library with a handler that sends the same answer to every request: the most that can be had from that library. */
public final class ConstantServer {
    /** What the library writes itself. */
    private static final Set<String> OF_THE_LIBRARY = Set.of("connection", "content-length", "date");

    private ConstantServer() {}

    /**
     * Listens until the process is stopped.
     *
     * @param args the URL of the answer that is to be repeated, headers and all
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        HttpResponse<byte[]> model = read(URI.create(args[0]));
        byte[] body = model.body();
        List<Header> headers = model.headers().map().entrySet().stream()
                .filter(header -> !OF_THE_LIBRARY.contains(header.getKey()))
                .map(header -> HeaderValues.createCached(
                        header.getKey(), header.getValue().getFirst()))
                .toList();
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .protocolsDiscoverServices(false)
                // As the registry sets it.
                .addProtocol(Http1Config.builder()
                        .validatePath(false)
                        .validateResponseHeaders(false)
                        .build())
                .routing(routing -> routing.any((ServerRequest request, ServerResponse response) -> {
                    headers.forEach(response.headers()::set);
                    response.send(body);
                }))
                .build()
                .start();
        System.out.println("listening http://127.0.0.1:" + server.port());
    }

    private static HttpResponse<byte[]> read(URI url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException(url + " answers " + response.statusCode());
            }
            return response;
        }
    }
}
