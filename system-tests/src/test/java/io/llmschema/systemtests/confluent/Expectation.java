package io.llmschema.systemtests.confluent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What is expected of an answer.
 *
 * @param levels for which it is
 * @param headers by name; an answer with JSON whose type is not among them must have the type that clients ask for first
 */
record Expectation(Levels levels, int status, Map<String, String> headers, Body body) {
    private static final String FIRST_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String TYPE = "Content-Type";

    /** What is expected of a body. */
    sealed interface Body {
        List<String> differences(String got, Values values);
    }

    /** Whatever it is. */
    record Anything() implements Body {
        @Override
        public List<String> differences(String got, Values values) {
            return List.of();
        }
    }

    record Nothing() implements Body {
        @Override
        public List<String> differences(String got, Values values) {
            return got.isEmpty() ? List.of() : List.of("the body is not empty");
        }
    }

    /** A text that has another in it. */
    record Containing(String part) implements Body {
        @Override
        public List<String> differences(String got, Values values) {
            String wanted = values.fill(part);
            return got.contains(wanted) ? List.of() : List.of("the body does not contain " + wanted);
        }
    }

    record Json(JsonNode template) implements Body {
        @Override
        public List<String> differences(String got, Values values) {
            JsonNode tree;
            try {
                tree = KitJson.parsePlain(got);
            } catch (JacksonException e) {
                return List.of("the body is no JSON: " + e.getOriginalMessage());
            }
            return JsonComparison.differences(template, tree, values);
        }
    }

    Expectation {
        headers = Map.copyOf(headers);
    }

    /** All differences, none if it is as expected; keeps the values that the expectation gives names to. */
    List<String> differences(Answer answer, Values values, Set<String> requestHeaders) {
        List<String> differences = new ArrayList<>();
        if (answer.status() != status) {
            differences.add("the status is " + answer.status() + ", expected " + status);
        }
        headers.forEach((name, value) -> differences.addAll(header(answer, name, value)));
        if (body instanceof Json && !headers.containsKey(TYPE) && !requestHeaders.contains("Accept")) {
            differences.addAll(header(answer, TYPE, FIRST_TYPE));
        }
        differences.addAll(body.differences(answer.body(), values));
        return differences;
    }

    /** Parameters, such as the character set, are not compared. */
    private static List<String> header(Answer answer, String name, String wanted) {
        String got = answer.header(name).split(";", 2)[0].strip();
        return got.equals(wanted)
                ? List.of()
                : List.of("the header " + name + " is '" + got + "', expected '" + wanted + "'");
    }
}
