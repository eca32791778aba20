package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An object of a request, read as Confluent's registry reads it: fields that are not known are passed over, null is as good as absent, and a number or a
 * boolean is taken where a text is expected. What is of another shape is refused with its place.
 *
 * @param pointer where it stands in the body
 */
record LenientObject(String pointer, JsonNode object) {
    /** An object that has been told from other values. */
    static LenientObject of(JsonNode body) {
        return new LenientObject("", body);
    }

    private Optional<JsonNode> value(String field) {
        return object.optional(field).filter(value -> !value.isNull());
    }

    boolean has(String field) {
        return value(field).isPresent();
    }

    Optional<String> text(String field) {
        return value(field).map(value -> text(field, value));
    }

    Optional<Boolean> flag(String field) {
        return value(field).map(value -> {
            if (!value.isBoolean()) {
                throw malformed(field, "it must be true or false");
            }
            return value.booleanValue();
        });
    }

    Optional<Integer> number(String field) {
        return value(field).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw malformed(field, "it must be a whole number of 32 bits");
            }
            return value.intValue();
        });
    }

    /** The one of these that has the name which a field gives. */
    <E extends Enum<E>> Optional<E> named(String field, E[] known) {
        return text(field)
                .map(name -> Arrays.stream(known)
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> malformed(field, "known are " + List.of(known))));
    }

    /** The texts of an array; none if there is no such field. */
    List<String> texts(String field) {
        List<String> read = new ArrayList<>();
        value(field).ifPresent(array -> {
            requireArray(field, array);
            for (JsonNode item : array) {
                read.add(text(field + "/" + read.size(), item));
            }
        });
        return read;
    }

    /** The members of an object inside this one, all of which are texts; none if there is no such field. */
    SortedMap<String, String> textsByName(String field) {
        return members(field, LenientObject::text);
    }

    /** The members of an object inside this one, all of which are arrays of texts; none if there is no such field. */
    SortedMap<String, List<String>> textListsByName(String field) {
        return members(field, (LenientObject members, String name) -> Optional.of(members.texts(name)));
    }

    /** How a member is read; empty: it is passed over. */
    private interface Member<T> {
        Optional<T> read(LenientObject members, String name);
    }

    private <T> SortedMap<String, T> members(String field, Member<T> member) {
        SortedMap<String, T> read = new TreeMap<>();
        object(field).ifPresent(members -> {
            for (Map.Entry<String, JsonNode> entry : members.object().properties()) {
                checkIsStorable(field, entry.getKey());
                member.read(members, entry.getKey()).ifPresent(value -> read.put(entry.getKey(), value));
            }
        });
        return read;
    }

    /** An object inside this one. */
    Optional<LenientObject> object(String field) {
        return value(field).map(value -> {
            if (!value.isObject()) {
                throw malformed(field, "it must be an object");
            }
            return new LenientObject(child(field), value);
        });
    }

    /** The objects of an array inside this one, each as {@code reader} understands it; none if there is no such field. */
    <T> List<T> objects(String field, Function<LenientObject, T> reader) {
        List<T> read = new ArrayList<>();
        value(field).ifPresent(array -> {
            requireArray(field, array);
            for (JsonNode item : array) {
                if (!item.isObject()) {
                    throw malformed(field + "/" + read.size(), "it must be an object");
                }
                read.add(reader.apply(new LenientObject(child(field) + "/" + read.size(), item)));
            }
        });
        return read;
    }

    private void requireArray(String field, JsonNode value) {
        if (!value.isArray()) {
            throw malformed(field, "it must be an array");
        }
    }

    private String text(String field, JsonNode value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw malformed(field, "it must be a string");
        }
        String text = value.asString();
        checkIsStorable(field, text);
        return text;
    }

    /** Refuses what stores cannot keep. */
    private void checkIsStorable(String field, String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw malformed(field, "it has a NUL character or half a surrogate pair");
        }
    }

    HttpProblem malformed(String field, String reason) {
        return new HttpProblem(Kind.MALFORMED_REQUEST, "the body at " + child(field) + ": " + reason);
    }

    private String child(String field) {
        return pointer + "/" + field;
    }
}
