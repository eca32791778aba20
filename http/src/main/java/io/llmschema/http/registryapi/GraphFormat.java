package io.llmschema.http.registryapi;

import io.llmschema.http.Request;
import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a graph is told: for programs, and as a text from which a picture is drawn. */
enum GraphFormat {
    JSON(MediaTypes.JSON),

    /** A flowchart of Mermaid. */
    MERMAID("text/vnd.mermaid"),

    /** The language of Graphviz. */
    DOT("text/vnd.graphviz");

    private final String name;

    GraphFormat(String name) {
        this.name = name;
    }

    String mediaType() {
        return this == JSON ? name : name + "; charset=utf-8";
    }

    /** That which the parameter {@code format} names; else that which the client accepts most, JSON if it does not care or accepts none. */
    static GraphFormat of(Request request) {
        return request.query("format")
                .map(GraphFormat::parse)
                .orElseGet(() ->
                        request.header("Accept").map(GraphFormat::accepted).orElse(JSON));
    }

    private static GraphFormat parse(String format) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("format", format, "it is json, mermaid or dot"));
    }

    /** A format that a client would like. */
    private record Wish(GraphFormat format, double quality) {}

    /** What a client accepts most that sends this header. */
    static GraphFormat accepted(String header) {
        return Arrays.stream(header.split(",", -1))
                .flatMap(range -> wish(range).stream())
                .filter(wish -> wish.quality() > 0)
                // Of those wished for equally the first: the comparison keeps their order.
                .sorted(Comparator.comparingDouble(Wish::quality).reversed())
                .map(Wish::format)
                .findFirst()
                .orElse(JSON);
    }

    private static Optional<Wish> wish(String range) {
        String[] parts = range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
        double quality = Arrays.stream(parts)
                .filter(part -> part.startsWith("q="))
                .map(part -> part.substring("q=".length()))
                .findFirst()
                .map(GraphFormat::quality)
                .orElse(1.0);
        return switch (parts[0]) {
            case "*/*", "application/*" -> Optional.of(new Wish(JSON, quality));
            case "text/*" -> Optional.of(new Wish(MERMAID, quality));
            default ->
                Arrays.stream(values())
                        .filter(format -> format.name.equals(parts[0]))
                        .map(format -> new Wish(format, quality))
                        .findFirst();
        };
    }

    /** A quality that is no number is none: what a client accepts is a wish, and no reason to refuse it an answer. */
    private static double quality(String text) {
        return text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 0;
    }
}
