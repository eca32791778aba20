package io.llmschema.cli;

import io.llmschema.model.SchemaType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The type of a schema, where nobody said it: by the name of its file, by its subject, and at last by its content. */
final class TypeGuess {
    private static final Set<String> JSON_SCHEMA_WORDS = Set.of(
            "$schema", "$id", "$ref", "$defs", "definitions", "properties", "anyOf", "oneOf", "allOf", "required");
    private static final Set<String> AVRO_NAMED_TYPES = Set.of("record", "error", "enum", "fixed");
    private static final Pattern PROTOBUF =
            Pattern.compile("(?m)^\\s*(syntax|edition|package|import|message|enum|service|option|extend)\\b");

    private TypeGuess() {}

    /** By the ending of a file that is one schema. */
    static Optional<SchemaType> byEnding(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(SchemaType.JSON);
        }
        if (name.endsWith(".avsc")) {
            return Optional.of(SchemaType.AVRO);
        }
        return name.endsWith(".proto") ? Optional.of(SchemaType.PROTOBUF) : Optional.empty();
    }

    /** By the beginning of a file of rows: {@code avro-orders.jsonl} holds Avro. */
    static Optional<SchemaType> byPrefix(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.startsWith("json-")) {
            return Optional.of(SchemaType.JSON);
        }
        if (name.startsWith("avro-")) {
            return Optional.of(SchemaType.AVRO);
        }
        return name.startsWith("protobuf-") || name.startsWith("proto-")
                ? Optional.of(SchemaType.PROTOBUF)
                : Optional.empty();
    }

    /** By what the subject is called, or else by the content. */
    static SchemaType bySubjectOrContent(String subject, String content) {
        return byEnding(subject)
                // A subject may keep the ending .json whatever is in it; the other two say something.
                .filter(type -> type != SchemaType.JSON)
                .orElseGet(() -> byContent(content));
    }

    /** By the content; JSON when it looks like nothing, since the registry then says best what is wrong with it. */
    static SchemaType byContent(String content) {
        String trimmed = content.strip();
        char first = trimmed.isEmpty() ? ' ' : trimmed.charAt(0);
        return switch (first) {
            case '{' -> isAvroObject(content) ? SchemaType.AVRO : SchemaType.JSON;
            // A JSON Schema is an object or a boolean; an Avro schema may also be a union or the name of a type.
            case '[', '"' -> SchemaType.AVRO;
            default -> PROTOBUF.matcher(content).find() ? SchemaType.PROTOBUF : SchemaType.JSON;
        };
    }

    private static boolean isAvroObject(String content) {
        boolean isNamedType = false;
        boolean isCollection = false;
        boolean hasItems = false;
        boolean hasName = false;
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), content)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
                String value = isString ? parser.getString() : "";
                if (JSON_SCHEMA_WORDS.contains(key)) {
                    return false;
                }
                isNamedType |= key.equals("type") && AVRO_NAMED_TYPES.contains(value);
                isCollection |= key.equals("type") && value.equals("map");
                hasItems |= key.equals("values");
                hasName |= key.equals("name") && isString;
                parser.skipChildren();
            }
        } catch (JacksonException broken) {
            // What stood before the break says what it was meant to be.
        }
        return (isNamedType && hasName) || (isCollection && hasItems);
    }
}
