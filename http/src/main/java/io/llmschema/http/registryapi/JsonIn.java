package io.llmschema.http.registryapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object of a request body, read strictly: a field that is not known, or not of its type, is refused with its place.
 *
 * @param body in which it stands
 * @param pointer where the object stands in it
 */
record JsonIn(Body body, String pointer, JsonNode object) {
    /** Deeper than any content may be, which may stand in a body as it is. */
    private static final int MAX_DEPTH = 300;

    private static final int MAX_METADATA_EXPONENT = 300;
    private static final Instant LATEST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    /** The object that a body is. */
    static JsonIn parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is not well-formed UTF-8");
        }
        if (text.isBlank()) {
            throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is empty; a JSON object is expected");
        }
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) when root.isObject() -> new JsonIn(new Body(text, root), "", root);
            case JsonText.WellFormed _ -> throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is no JSON object");
            case JsonText.Malformed(var violation) ->
                throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body: " + violation);
        };
    }

    /** Refuses fields other than these. */
    JsonIn allowing(Set<String> fields) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!fields.contains(field.getKey())) {
                throw malformed(
                        field.getKey(),
                        "there is no such field; known are "
                                + fields.stream().sorted().toList());
            }
        }
        return this;
    }

    /** The same without those of these fields that are null. */
    JsonIn withoutNulls(Set<String> fields) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(field -> !(field.getValue().isNull() && fields.contains(field.getKey())))
                .forEach(field -> said.set(field.getKey(), field.getValue()));
        return new JsonIn(body, pointer, said);
    }

    boolean has(String field) {
        return object.has(field);
    }

    boolean isNull(String field) {
        return object.path(field).isNull();
    }

    Optional<String> text(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw malformed(field, "it must be a string");
        }
        return Optional.of(value.stringValue());
    }

    Optional<Boolean> flag(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw malformed(field, "it must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> malformed(field, "it is missing"));
    }

    /** An object inside this one. */
    Optional<JsonIn> object(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw malformed(field, "it must be an object");
        }
        return Optional.of(new JsonIn(body, child(field), value));
    }

    /** The objects of an array inside this one, each as {@code reader} understands it; none if there is no such field. */
    <T> List<T> objects(String field, Function<JsonIn, T> reader) {
        List<T> read = new ArrayList<>();
        JsonNode array = array(field);
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isObject()) {
                throw malformed(field + "/" + i, "it must be an object");
            }
            read.add(reader.apply(new JsonIn(body, child(field) + "/" + i, array.get(i))));
        }
        return read;
    }

    List<String> texts(String field) {
        List<String> read = new ArrayList<>();
        JsonNode array = array(field);
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isString()) {
                throw malformed(field + "/" + i, "it must be a string");
            }
            read.add(array.get(i).stringValue());
        }
        return read;
    }

    private JsonNode array(String field) {
        JsonNode value = object.path(field);
        if (!value.isMissingNode() && !value.isArray()) {
            throw malformed(field, "it must be an array");
        }
        return value;
    }

    /** The schema in this object, given as a JSON value, exactly as it stands in the body. */
    String schemaSource() {
        return body.schema(child("schema")).orElseThrow(() -> malformed("schema", "it is missing"));
    }

    /** Description, owner, tags and metadata of this object. */
    Metadata metadata() {
        return new Metadata(
                text("description").orElse(null),
                text("owner").orElse(null),
                texts("tags"),
                attributes().orElse("{}"));
    }

    /** The free metadata, as text. */
    Optional<String> attributes() {
        return object("metadata").map(metadata -> {
            checkIsStorable("metadata", metadata.object());
            return CanonicalJson.ordered(metadata.object());
        });
    }

    /**
     * Refuses what PostgreSQL's jsonb, with which metadata are searched, cannot hold: NUL characters, halves of surrogate pairs, and
     * numbers beyond anything that is meant.
     *
     * @param name what the value is, for the refusal
     */
    static void checkIsStorable(String name, JsonNode value) {
        if (value.isString()) {
            checkIsStorable(name, value.stringValue());
        } else if (value.isNumber() && Math.abs((long) value.decimalValue().scale()) > MAX_METADATA_EXPONENT) {
            throw new InvalidValue(
                    name,
                    value.toString(),
                    "numbers are written with a power of ten of at most " + MAX_METADATA_EXPONENT);
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            checkIsStorable(name, field.getKey());
        }
        for (JsonNode child : value) {
            checkIsStorable(name, child);
        }
    }

    private static void checkIsStorable(String name, String value) {
        boolean isText = value.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        if (!isText) {
            throw new InvalidValue(name, "a string in it", "it has a NUL character or half a surrogate pair");
        }
    }

    /** The state that this object describes. */
    SchemaState state() {
        allowing(Set.of("stage", "reason", "sunset", "replacement", "since"));
        Stage stage = Stage.parse(requiredText("stage"));
        if (stage != Stage.DEPRECATED && object.size() > 1) {
            throw malformed("stage", "only DEPRECATED has a reason, a sunset, a replacement and a since");
        }
        return switch (stage) {
            case DRAFT -> new SchemaState.Draft();
            case ACTIVE -> new SchemaState.Active();
            case ARCHIVED -> new SchemaState.Archived();
            case DEPRECATED ->
                new SchemaState.Deprecated(
                        requiredText("reason"), sunset(), text("replacement").orElse(null), since());
        };
    }

    private @Nullable Instant since() {
        String since = text("since").orElse(null);
        if (since == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(since);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST_TIME)) {
                throw new InvalidValue("since", since, "the year is from 1970 to 9999");
            }
            return time;
        } catch (DateTimeException e) {
            throw new InvalidValue("since", since, "it is a time such as 2027-01-31T12:00:00Z");
        }
    }

    private @Nullable LocalDate sunset() {
        String sunset = text("sunset").orElse(null);
        if (sunset == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(sunset);
            if (date.getYear() < 1970 || date.getYear() > 9999) {
                throw new InvalidValue("sunset", sunset, "the year is from 1970 to 9999");
            }
            return date;
        } catch (DateTimeException e) {
            throw new InvalidValue("sunset", sunset, "it is a date such as 2027-01-31");
        }
    }

    HttpProblem malformed(String field, String reason) {
        return new HttpProblem(Kind.MALFORMED_REQUEST, "the body at " + pointer + "/" + field + ": " + reason);
    }

    private String child(String field) {
        return pointer + "/" + field;
    }
}
