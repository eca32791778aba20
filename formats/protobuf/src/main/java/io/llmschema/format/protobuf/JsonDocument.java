package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Value;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import io.llmschema.json.Pointer;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Violation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One check of one document in the JSON mapping.
 *
 * <p>What the library's parser accepts is valid, but for what the mapping's specification does not allow and other parsers refuse:
 *
 * <ul>
 *   <li>text that is no JSON, or says a name twice in one object;
 *   <li>a string, bytes, a bool, an enum, a time or a mask that is another kind of JSON value ({@code 5} or {@code true} for a string,
 *       {@code "true"} for a bool, {@code "1"} for an enum), and one value in an array where no array belongs;
 *   <li>numbers in strings that are not spelt as JSON spells numbers ({@code "+1"}, {@code "007"}, {@code " 1"}, {@code "0x1p3"}), and
 *       in a {@code Value} numbers that no {@code double} holds;
 *   <li>half a surrogate pair, which UTF-8 cannot carry;
 *   <li>dates that do not exist, times and durations that are not spelt as RFC 3339 and the mapping say, and masks with underscores;
 *   <li>a field that is there under both its names, whatever its values are;
 *   <li>in an {@code Any} whose content has a form of its own, names other than {@code @type} and {@code value}.
 * </ul>
 *
 * <p>The language's own messages have their form by their full name, even where a reference replaces the file that declares them. An
 * {@code Any} can hold what the file or its imports declare.
 */
final class JsonDocument {
    private static final String REQUIRED = "required";
    private static final String UNKNOWN_FIELD = "unknown-field";
    private static final String DUPLICATE_FIELD = "duplicate-field";
    private static final String ONEOF = "oneof";
    private static final String ANY = "any";
    private static final String TYPE_OF_ANY = "@type";
    private static final String CONTENT_OF_ANY = "value";

    /** The most fields that a sentence names. */
    private static final int MAX_LISTED = 10;

    private final DocumentTypes types;
    private final DocumentErrors errors = new DocumentErrors();
    private final JsonScalars scalars = new JsonScalars(errors);
    private int depth;

    JsonDocument(DocumentTypes types) {
        this.types = types;
    }

    DocumentReport check(byte[] document, Descriptor type) {
        try {
            checkMessage(read(document, type), type, new Spot.Whole(type), Pointer.ROOT);
            return errors.report();
        } catch (Unreadable e) {
            return DocumentReport.of(e.error());
        }
    }

    private static JsonNode read(byte[] document, Descriptor type) throws Unreadable {
        return switch (JsonText.parse(decode(document, type), DocumentValidator.MAX_DEPTH)) {
            case JsonText.WellFormed wellFormed -> wellFormed.root();
            case JsonText.Malformed malformed -> throw unreadable(malformed.violation(), type);
        };
    }

    private static String decode(byte[] document, Descriptor type) throws Unreadable {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(document);
        CharBuffer out = CharBuffer.allocate(document.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String reason = "byte 0x%02X is not well-formed UTF-8".formatted(document[in.position()]);
            throw unreadable(SchemaText.violationAt(text, text.length(), reason), type);
        }
        return text.startsWith(SchemaText.BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static Unreadable unreadable(Violation violation, Descriptor type) {
        String pointer = violation.pointer();
        return new Unreadable(
                pointer == null ? "" : pointer,
                type.getFullName(),
                "line " + violation.line() + ", column " + violation.column() + ": " + violation.reason());
    }

    private void checkMessage(JsonNode value, Descriptor type, Spot spot, Pointer at) throws Unreadable {
        Optional<JsonForm> form = JsonForm.of(type);
        if (form.isPresent()) {
            checkForm(value, form.get(), spot, at);
        } else if (value instanceof ObjectNode object) {
            checkFields(object, type, false, at);
        } else {
            scalars.addType(value, "an object", spot, at);
        }
    }

    private void checkForm(JsonNode value, JsonForm form, Spot spot, Pointer at) throws Unreadable {
        switch (form) {
            case JsonForm.Wrapper(FieldDescriptor field) -> {
                if (value.isNull() && !isNullAValue(field)) {
                    scalars.addType(value, "a value", spot, at);
                } else {
                    scalars.check(value, field, spot, at);
                }
            }
            case JsonForm.Special special -> {
                switch (special) {
                    case ANY -> checkAny(value, spot, at);
                    case TIMESTAMP -> checkTimestamp(value, spot, at);
                    case DURATION -> checkDuration(value, spot, at);
                    case FIELD_MASK -> checkFieldMask(value, spot, at);
                    case STRUCT -> checkStruct(value, spot, at);
                    case LIST_VALUE -> checkListValue(value, spot, at);
                    case VALUE -> checkValue(value, spot, at);
                }
            }
        }
    }

    private void checkTimestamp(JsonNode value, Spot spot, Pointer at) {
        if (!value.isString()) {
            scalars.addType(value, "a time in a string", spot, at);
            return;
        }
        addProblem(TextForms.timestampProblem(value.stringValue()), "timestamp", value, spot, at);
    }

    private void checkDuration(JsonNode value, Spot spot, Pointer at) {
        if (!value.isString()) {
            scalars.addType(value, "a number of seconds in a string, as in \"3.5s\"", spot, at);
            return;
        }
        addProblem(TextForms.durationProblem(value.stringValue()), "duration", value, spot, at);
    }

    private void checkFieldMask(JsonNode value, Spot spot, Pointer at) {
        if (!value.isString()) {
            scalars.addType(value, "the paths of fields in one string", spot, at);
        } else {
            scalars.checkText(value.stringValue(), spot, at);
            String problem = TextForms.isFieldMask(value.stringValue())
                    ? null
                    : "must be paths of fields as they are called in JSON, without underscores, as in \"user.firstName\"";
            addProblem(problem, "field-mask", value, spot, at);
        }
    }

    private void addProblem(@Nullable String problem, String keyword, JsonNode value, Spot spot, Pointer at) {
        if (problem != null) {
            scalars.add(at, spot, keyword, spot.words() + " " + problem + ", but it is " + ShownJson.of(value));
        }
    }

    private void checkStruct(JsonNode value, Spot spot, Pointer at) throws Unreadable {
        if (!(value instanceof ObjectNode object)) {
            scalars.addType(value, "an object", spot, at);
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (errors.isFull()) {
                return;
            }
            Pointer inside = at.child(member.getKey());
            scalars.checkText(member.getKey(), spot, inside);
            enter(spot, inside);
            checkValue(member.getValue(), spot, inside);
            depth--;
        }
    }

    private void checkListValue(JsonNode value, Spot spot, Pointer at) throws Unreadable {
        if (!(value instanceof ArrayNode array)) {
            scalars.addType(value, "an array", spot, at);
            return;
        }
        int index = 0;
        for (JsonNode element : array) {
            if (errors.isFull()) {
                return;
            }
            Pointer inside = at.child(index++);
            enter(spot, inside);
            checkValue(element, spot, inside);
            depth--;
        }
    }

    private void checkValue(JsonNode value, Spot spot, Pointer at) throws Unreadable {
        if (value.isObject()) {
            checkStruct(value, spot, at);
        } else if (value.isArray()) {
            checkListValue(value, spot, at);
        } else if (value.isString()) {
            scalars.checkText(value.stringValue(), spot, at);
        } else if (value.isNumber() && !JsonScalars.isDouble(value)) {
            scalars.add(
                    at,
                    spot,
                    JsonScalars.RANGE,
                    spot.words() + " must hold numbers within the range of a double, but there is "
                            + ShownJson.of(value));
        }
    }

    private void checkAny(JsonNode value, Spot spot, Pointer at) throws Unreadable {
        if (!(value instanceof ObjectNode object)) {
            scalars.addType(value, "an object with an \"@type\"", spot, at);
            return;
        }
        if (object.isEmpty()) {
            return;
        }
        Optional<Descriptor> content = contentOfAny(object, spot, at);
        if (content.isEmpty()) {
            return;
        }
        enter(spot, at);
        Optional<JsonForm> form = JsonForm.of(content.get());
        if (form.isPresent()) {
            checkContentWithForm(object, content.get(), form.get(), at);
        } else {
            checkFields(object, content.get(), true, at);
        }
        depth--;
    }

    private Optional<Descriptor> contentOfAny(ObjectNode object, Spot spot, Pointer at) {
        JsonNode url = object.get(TYPE_OF_ANY);
        if (url == null) {
            scalars.add(
                    at,
                    spot,
                    ANY,
                    spot.words()
                            + " can be any message, and needs a member \"@type\" that says which, as in "
                            + "\"type.googleapis.com/google.protobuf.Duration\"");
            return Optional.empty();
        }
        Pointer inside = at.child(TYPE_OF_ANY);
        if (!url.isString()) {
            scalars.add(inside, spot, JsonScalars.TYPE, "\"@type\" must be a string, but it is " + ShownJson.of(url));
            return Optional.empty();
        }
        String name = typeName(url.stringValue());
        if (name == null) {
            scalars.add(
                    inside,
                    spot,
                    ANY,
                    "\"@type\" must be the full name of a message after a slash, as in "
                            + "\"type.googleapis.com/google.protobuf.Duration\", but it is " + ShownJson.of(url));
            return Optional.empty();
        }
        Optional<Descriptor> found = types.find(name);
        if (found.isEmpty()) {
            scalars.add(
                    inside,
                    spot,
                    ANY,
                    "'" + Names.shortened(name)
                            + "' is not a message of the schema or of what it imports, so its content cannot be read");
        }
        return found;
    }

    /** What follows the last slash, of those that something follows; null if there is none. */
    private static @Nullable String typeName(String url) {
        String[] parts = url.split("/");
        return parts.length < 2 ? null : parts[parts.length - 1];
    }

    private void checkContentWithForm(ObjectNode object, Descriptor type, JsonForm form, Pointer at) throws Unreadable {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (name.equals(CONTENT_OF_ANY)) {
                checkForm(member.getValue(), form, new Spot.Whole(type), at.child(name));
            } else if (!name.equals(TYPE_OF_ANY)) {
                scalars.add(
                        at.child(name),
                        type.getFullName(),
                        UNKNOWN_FIELD,
                        "beside \"@type\" there is only \"value\" if that is " + type.getFullName() + ", but there is '"
                                + Names.shortened(name) + "'");
            }
        }
    }

    private void checkFields(ObjectNode object, Descriptor type, boolean isInAny, Pointer at) throws Unreadable {
        DocumentTypes.JsonNames names = types.namesOf(type);
        Map<FieldDescriptor, String> named = new HashMap<>();
        Set<FieldDescriptor> present = new HashSet<>();
        Map<OneofDescriptor, FieldDescriptor> chosen = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (errors.isFull()) {
                return;
            }
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (isInAny && name.equals(TYPE_OF_ANY)) {
                continue;
            }
            FieldDescriptor field = names.field(name);
            Pointer inside = at.child(name);
            if (field == null) {
                addUnknown(name, names, type, inside);
                continue;
            }
            String other = named.putIfAbsent(field, name);
            if (other != null) {
                scalars.add(
                        inside,
                        field.getFullName(),
                        DUPLICATE_FIELD,
                        "'" + Names.shortened(other) + "' and '" + Names.shortened(name)
                                + "' are the same field, which may be there once");
            }
            if (value.isNull() && (field.isRepeated() || !isNullAValue(field))) {
                continue;
            }
            present.add(field);
            checkOneof(field, chosen, inside);
            checkField(value, field, inside);
        }
        addMissing(names, present, type, at);
    }

    private void checkOneof(FieldDescriptor field, Map<OneofDescriptor, FieldDescriptor> chosen, Pointer at) {
        OneofDescriptor oneof = field.getContainingOneof();
        FieldDescriptor other = oneof == null ? null : chosen.putIfAbsent(oneof, field);
        if (oneof != null && other != null && !other.equals(field)) {
            scalars.add(
                    at,
                    oneof.getFullName(),
                    ONEOF,
                    "only one field of the oneof '"
                            + Names.shortened(oneof.getName()) + "' may be set, but both '"
                            + Names.shortened(other.getJsonName()) + "' and '" + Names.shortened(field.getJsonName())
                            + "' are");
        }
    }

    private void checkField(JsonNode value, FieldDescriptor field, Pointer at) throws Unreadable {
        if (field.isMapField()) {
            checkMap(value, field, at);
        } else if (field.isRepeated()) {
            checkRepeated(value, field, at);
        } else {
            checkPresent(value, field, new Spot.Single(field), at);
        }
    }

    private void checkRepeated(JsonNode value, FieldDescriptor field, Pointer at) throws Unreadable {
        if (!(value instanceof ArrayNode array)) {
            scalars.addType(value, "an array", new Spot.Single(field), at);
            return;
        }
        Spot spot = new Spot.Element(field);
        int index = 0;
        for (JsonNode element : array) {
            if (errors.isFull()) {
                return;
            }
            checkValueOrNull(element, field, spot, at.child(index++));
        }
    }

    private void checkMap(JsonNode value, FieldDescriptor map, Pointer at) throws Unreadable {
        if (!(value instanceof ObjectNode object)) {
            scalars.addType(value, "an object, because it is a map", new Spot.Single(map), at);
            return;
        }
        FieldDescriptor keys = map.getMessageType().findFieldByNumber(1);
        FieldDescriptor values = map.getMessageType().findFieldByNumber(2);
        Spot spot = new Spot.InMap(map, false);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (errors.isFull()) {
                return;
            }
            Pointer inside = at.child(member.getKey());
            scalars.checkKey(member.getKey(), keys, map, inside);
            checkValueOrNull(member.getValue(), values, spot, inside);
        }
    }

    /** Where there is a value it cannot be absent. */
    private void checkValueOrNull(JsonNode value, FieldDescriptor field, Spot spot, Pointer at) throws Unreadable {
        if (value.isNull() && !isNullAValue(field)) {
            scalars.addType(value, "a " + TypeNames.of(field), spot, at);
        } else {
            checkPresent(value, field, spot, at);
        }
    }

    private void checkPresent(JsonNode value, FieldDescriptor field, Spot spot, Pointer at) throws Unreadable {
        if (field.getJavaType() == JavaType.MESSAGE) {
            enter(spot, at);
            checkMessage(value, field.getMessageType(), spot, at);
            depth--;
        } else if (!value.isNull()) {
            scalars.check(value, field, spot, at);
        }
    }

    /** Whether {@code null} is something to say about the field, and does not mean that it is absent. */
    private static boolean isNullAValue(FieldDescriptor field) {
        return WellKnownTypes.isNull(field)
                || (field.getJavaType() == JavaType.MESSAGE
                        && field.getMessageType()
                                .getFullName()
                                .equals(Value.getDescriptor().getFullName()));
    }

    private void enter(Spot spot, Pointer at) throws Unreadable {
        if (depth == ProtobufValidator.MAX_MESSAGES) {
            throw new Unreadable(
                    JsonScalars.pointer(at),
                    spot.schemaPath(),
                    "messages are nested deeper than " + ProtobufValidator.MAX_MESSAGES
                            + " levels, which no parser reads");
        }
        depth++;
    }

    private void addUnknown(String name, DocumentTypes.JsonNames names, Descriptor type, Pointer at) {
        List<String> known = names.written();
        int others = known.size() - MAX_LISTED;
        String fields = known.isEmpty()
                ? "; it has none"
                : "; its fields are "
                        + String.join(
                                ", ",
                                known.stream()
                                        .limit(MAX_LISTED)
                                        .map(Names::shortened)
                                        .toList())
                        + (others > 0 ? " and " + others + " more" : "");
        scalars.add(
                at,
                type.getFullName(),
                UNKNOWN_FIELD,
                "message " + Names.shortened(type.getFullName()) + " has no field '" + Names.shortened(name) + "'"
                        + fields + Resemblance.question(name, known));
    }

    private void addMissing(DocumentTypes.JsonNames names, Set<FieldDescriptor> present, Descriptor type, Pointer at) {
        for (FieldDescriptor field : names.required()) {
            if (errors.isFull()) {
                return;
            }
            if (!present.contains(field)) {
                errors.add(new DocumentError(
                        JsonScalars.pointer(at),
                        field.getFullName(),
                        REQUIRED,
                        "message " + Names.shortened(type.getFullName()) + " lacks the field '"
                                + Names.shortened(field.getJsonName()) + "', which is required: a "
                                + TypeNames.of(field)));
            }
        }
    }
}
