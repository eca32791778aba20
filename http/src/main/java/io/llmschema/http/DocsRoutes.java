package io.llmschema.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code /openapi.yaml} and {@code /docs}: the description of the native API, and a page to browse it. All assets are our own. */
public final class DocsRoutes {
    private static final String ASSETS_VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** What the page needs of Swagger UI, and its media types. */
    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private DocsRoutes() {}

    public static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(resource("/openapi.yaml", "registry-openapi.yaml", "application/yaml"));
        routes.add(resource("/docs", "docs.html", "text/html; charset=utf-8"));
        routes.add(resource("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"));
        String folder = "/META-INF/resources/webjars/swagger-ui/" + assetsVersion() + "/";
        ASSETS.forEach((file, mediaType) -> routes.add(resource("/docs/" + file, folder + file, mediaType)));
        return routes;
    }

    /** A route to a resource: a name beginning with a slash, or one beside this class. */
    private static Route resource(String path, String name, String mediaType) {
        byte[] bytes = read(name);
        return Route.get(
                path, request -> Answers.hashed(request, mediaType, bytes).with("Content-Security-Policy", POLICY));
    }

    private static byte[] read(String name) {
        try (InputStream in = DocsRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String assetsVersion() {
        try (InputStream in = DocsRoutes.class.getResourceAsStream(ASSETS_VERSION)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
