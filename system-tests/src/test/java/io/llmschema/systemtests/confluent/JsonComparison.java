package io.llmschema.systemtests.confluent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One comparison of an answer with what is expected, which keeps the values that the expectation gives names to. */
final class JsonComparison {
    private final Values values;
    private final List<String> differences = new ArrayList<>();

    private JsonComparison(Values values) {
        this.values = values;
    }

    /** All differences, each with its place; none if it is as expected. */
    static List<String> differences(JsonNode expected, JsonNode got, Values values) {
        JsonComparison comparison = new JsonComparison(values);
        comparison.compare("", expected, got);
        return List.copyOf(comparison.differences);
    }

    private void compare(String place, JsonNode expected, JsonNode got) {
        Optional<Placeholder> placeholder = KitJson.placeholder(expected);
        if (placeholder.isPresent()) {
            compareWithPlaceholder(place, placeholder.get(), got);
        } else if (expected instanceof ObjectNode object && got instanceof ObjectNode other) {
            compareObjects(place, object, other);
        } else if (expected instanceof ArrayNode array && got instanceof ArrayNode other) {
            compareArrays(place, array, other);
        } else if (expected.isString() && got.isString()) {
            if (!values.admit(expected.stringValue(), got.stringValue())) {
                differ(place, "is " + got + ", expected " + shown(expected));
            }
        } else if (!expected.equals(got)) {
            differ(place, "is " + got + ", expected " + shown(expected));
        }
    }

    private void compareWithPlaceholder(String place, Placeholder placeholder, JsonNode got) {
        Placeholder.@Nullable Kind kind = placeholder.kind();
        if (kind == null) {
            JsonNode value = values.get(placeholder.name());
            if (!value.equals(got)
                    && !(value.isString()
                            && got.isIntegralNumber()
                            && value.stringValue().equals(got.asString()))) {
                differ(place, "is " + got + ", expected <" + placeholder.name() + ">, which is " + value);
            }
        } else if (kind.admits(got)) {
            values.keep(placeholder.name(), got);
        } else {
            differ(place, "is " + got + ", expected <" + kind.written() + ">");
        }
    }

    private void compareObjects(String place, ObjectNode expected, ObjectNode got) {
        Map<String, JsonNode> members = new HashMap<>();
        expected.properties().forEach(member -> members.put(values.unique(member.getKey()), member.getValue()));
        boolean othersMayBe = members.remove(KitJson.OTHERS) != null;
        members.forEach((name, value) -> {
            JsonNode other = got.get(name);
            if (other == null) {
                differ(place + "/" + name, "is missing, expected " + shown(value));
            } else {
                compare(place + "/" + name, value, other);
            }
        });
        got.properties().stream()
                .filter(member -> !othersMayBe && !members.containsKey(member.getKey()))
                .forEach(member ->
                        differ(place + "/" + member.getKey(), "is not expected, and is " + member.getValue()));
    }

    private void compareArrays(String place, ArrayNode expected, ArrayNode got) {
        List<JsonNode> wanted = new ArrayList<>();
        expected.forEach(wanted::add);
        boolean othersMayBe = wanted.removeIf(element -> KitJson.is(element, KitJson.OTHERS));
        boolean inAnyOrder = wanted.removeIf(element -> KitJson.is(element, KitJson.ANY_ORDER));
        if (othersMayBe || inAnyOrder) {
            compareInAnyOrder(place, wanted, got, othersMayBe);
            return;
        }
        for (int i = 0; i < Math.min(wanted.size(), got.size()); i++) {
            compare(place + "/" + i, wanted.get(i), got.get(i));
        }
        if (wanted.size() != got.size()) {
            differ(place, "has " + got.size() + " elements, expected " + wanted.size() + ": " + got);
        }
    }

    private void compareInAnyOrder(String place, List<JsonNode> wanted, ArrayNode got, boolean othersMayBe) {
        List<JsonNode> left = new ArrayList<>();
        got.forEach(left::add);
        for (JsonNode element : wanted) {
            Optional<JsonNode> found = left.stream()
                    .filter(other -> differences(element, other, values).isEmpty())
                    .findFirst();
            if (found.isPresent()) {
                left.remove(found.get());
            } else {
                differ(place, "has no " + shown(element) + ": " + got);
            }
        }
        if (!othersMayBe && !left.isEmpty()) {
            differ(place, "has elements that are not expected: " + left);
        }
    }

    private void differ(String place, String difference) {
        differences.add((place.isEmpty() ? "the body" : place) + " " + difference);
    }

    /** As it stands in the file, with the mark of the run. */
    private String shown(JsonNode expected) {
        return values.unique(expected.toString()).replaceAll("\"\\\\u0001(<[^>]*>|\\.\\.\\.)\"(?::true)?", "$1");
    }
}
