package io.llmschema.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Requests that no client has sent. */
public final class RequestExample {
    private static final int MAX_REQUEST_BYTES = 1024;

    private RequestExample() {}

    /** A request of which nothing but its headers is asked. */
    public static Request withHeaders(Map<String, String> headers) {
        WritableHeaders<?> all = WritableHeaders.create();
        headers.forEach((name, value) -> all.set(HeaderNames.create(name), value));
        ServerRequestHeaders read = ServerRequestHeaders.create(all);
        ServerRequest request = (ServerRequest) Proxy.newProxyInstance(
                RequestExample.class.getClassLoader(), new Class<?>[] {ServerRequest.class}, (_, method, _) -> {
                    if (method.getName().equals("headers")) {
                        return read;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
        return new Request(request, Map.of(), new HttpLimits(MAX_REQUEST_BYTES));
    }
}
