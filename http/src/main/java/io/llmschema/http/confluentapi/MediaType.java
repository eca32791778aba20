package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A media type that answers are given in, all of which are JSON. The first is preferred. */
enum MediaType {
    VERSIONED("application/vnd.schemaregistry.v1+json", 1),
    REGISTRY("application/vnd.schemaregistry+json", 0.9),
    JSON("application/json", 0.5);

    /** Those in which requests come; one that does not say is taken for {@code application/octet-stream}. */
    private static final Set<String> OF_REQUESTS = Stream.concat(
                    Arrays.stream(values()).map(MediaType::toString), Stream.of("", "application/octet-stream"))
            .collect(Collectors.toUnmodifiableSet());

    private final String text;
    private final double quality;

    MediaType(String text, double quality) {
        this.text = text;
        this.quality = quality;
    }

    /** The one that a request accepts most; the first if it accepts any, or none of these. */
    static MediaType acceptedBy(Request request) {
        String accept = request.header("Accept").orElse("*/*");
        if (accept.equals("*/*") || accept.equals(VERSIONED.text)) {
            return VERSIONED;
        }
        MediaType best = VERSIONED;
        double most = 0;
        for (MediaType type : values()) {
            double weight = type.quality * type.qualityIn(accept);
            if (weight > most) {
                most = weight;
                best = type;
            }
        }
        return best;
    }

    /** How much a client wants this one, from 0 to 1. */
    private double qualityIn(String accept) {
        double most = 0;
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            String name = parts[0].strip();
            if (name.equalsIgnoreCase(text) || name.equals("application/*") || name.equals("*/*")) {
                most = Math.max(most, quality(parts));
            }
        }
        return most;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring("q=".length()));
                } catch (NumberFormatException e) {
                    // What cannot be read is not wanted; the answer then comes in what is.
                    return 0;
                }
            }
        }
        return 1;
    }

    /** Refuses a request whose body is not JSON. */
    static void requireJson(Request request) {
        if (!OF_REQUESTS.contains(request.mediaType())) {
            throw new HttpProblem(Kind.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
