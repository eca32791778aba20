package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Delete;
import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.ImportRow.Register;
import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reader of one line of a file of rows.
 *
 * <p>The schema stands there as text in {@code content}, or as a JSON value in {@code schema}. Of a value we take the very bytes
 * between its first and its last: parsing and printing it again would lose the order of keys, white space and the spelling of
 * numbers, and with them the promise that what was registered is read back byte for byte.
 */
final class RowParser {
    private static final Set<String> DETAILS =
            Set.of("version", "description", "owner", "tags", "metadata", "createdBy", "state");

    private final Optional<SchemaType> forced;
    private final Optional<SchemaType> byFileName;

    private RowParser(Optional<SchemaType> forced, Optional<SchemaType> byFileName) {
        this.forced = forced;
        this.byFileName = byFileName;
    }

    /** For the rows of a file of that name; {@code forced}, where there is one, is the type of all of them. */
    static RowParser of(String fileName, @Nullable SchemaType forced) {
        return new RowParser(Optional.ofNullable(forced), TypeGuess.byPrefix(fileName));
    }

    ImportRow parse(Place place, byte[] line) {
        Fields fields = new Fields(line);
        try {
            fields.read();
            return row(place, fields);
        } catch (JacksonException e) {
            return new Unreadable(place, fields.text("subject"), "not a JSON row: " + e.getOriginalMessage());
        } catch (InvalidValue e) {
            return new Unreadable(place, fields.text("subject"), String.valueOf(e.getMessage()));
        }
    }

    /** Tells the outline what the row is about, and nothing of a line that is no row. */
    static void outline(byte[] line, RunOutline outline) {
        String subject = "";
        boolean isDelete = false;
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("subject")) {
                    subject = String.valueOf(parser.getString());
                } else if (name.equals("op")) {
                    isDelete = "delete".equals(parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // The second pass reports it with its place.
            return;
        }
        if (!subject.isEmpty()) {
            outline.add(subject, isDelete);
        }
    }

    private ImportRow row(Place place, Fields fields) {
        String subject = fields.text("subject");
        if (subject.isEmpty()) {
            throw new InvalidValue("row", "", "it has no \"subject\"");
        }
        String op = fields.nodes.containsKey("op") ? fields.text("op") : "register";
        return switch (op) {
            case "register" -> register(place, subject, fields);
            case "delete" -> new Delete(place, subject, fields.text("version"));
            default -> throw new InvalidValue("op", op, "a row's \"op\" is \"register\" or \"delete\"");
        };
    }

    private Register register(Place place, String subject, Fields fields) {
        String content = fields.content()
                .orElseThrow(() -> new InvalidValue("row", subject, "it has neither \"content\" nor \"schema\""));
        if (!Utf8.isEncodable(content)) {
            throw new InvalidValue("content", subject, "it has one half of a surrogate pair, which no file can hold");
        }
        SchemaType type = type(subject, content, fields);
        ObjectNode details = Json.MAPPER.createObjectNode();
        DETAILS.stream().filter(fields.nodes::containsKey).forEach(name -> details.set(name, fields.nodes.get(name)));
        return new Register(place, subject, type, content, imports(type, content, fields), references(fields), details);
    }

    private SchemaType type(String subject, String content, Fields fields) {
        String said = fields.text("schemaType");
        return forced.or(() -> said.isEmpty() ? Optional.empty() : Optional.of(SchemaType.parse(said)))
                .or(() -> byFileName)
                .orElseGet(() -> TypeGuess.bySubjectOrContent(subject, content));
    }

    private static List<String> imports(SchemaType type, String content, Fields fields) {
        // References say more than imports do: where a row has them, they are the whole truth.
        if (type != SchemaType.PROTOBUF || fields.nodes.containsKey("references")) {
            return List.of();
        }
        JsonNode imports = fields.nodes.get("imports");
        return imports == null
                ? ProtobufImports.of(content)
                : imports.values().stream().map(node -> node.asString("")).toList();
    }

    private static List<WantedReference> references(Fields fields) {
        JsonNode references = fields.nodes.get("references");
        return references == null
                ? List.of()
                : references.values().stream().map(WantedReference::of).toList();
    }

    /** The properties of a row that we look at; the others are passed over without being built. */
    private static final class Fields {
        private static final Set<String> READ = Set.of(
                "subject",
                "op",
                "imports",
                "references",
                "schemaType",
                "version",
                "description",
                "owner",
                "tags",
                "metadata",
                "createdBy",
                "state");

        private final byte[] line;
        private final Map<String, JsonNode> nodes = new HashMap<>();
        private @Nullable String content;

        private Fields(byte[] line) {
            this.line = line;
        }

        private void read() {
            try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), line)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new InvalidValue("row", "", "it is not a JSON object");
                }
                Set<String> seen = new HashSet<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    if (!seen.add(name)) {
                        throw new InvalidValue("row", name, "it has this property twice");
                    }
                    JsonToken value = parser.nextToken();
                    readValue(parser, name, value);
                }
                if (parser.nextToken() != null) {
                    throw new InvalidValue("row", "", "there is more than one value on the line");
                }
            }
        }

        private void readValue(JsonParser parser, String name, JsonToken value) {
            if (name.equals("content") || name.equals("schema")) {
                content = value == JsonToken.VALUE_STRING ? parser.getString() : slice(parser, name);
            } else if (value != JsonToken.VALUE_NULL && READ.contains(name)) {
                nodes.put(name, Json.valueAt(parser));
            } else {
                parser.skipChildren();
            }
        }

        private String slice(JsonParser parser, String name) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            // A scalar is read lazily; only once it is finished does the parser stand behind it.
            parser.finishToken();
            int end = (int) parser.currentLocation().getByteOffset();
            return Utf8.decode(line, start, end - start)
                    .orElseThrow(() -> new InvalidValue("row", name, "it is not UTF-8"));
        }

        private String text(String name) {
            JsonNode node = nodes.get(name);
            return node == null ? "" : node.asString("");
        }

        private Optional<String> content() {
            return Optional.ofNullable(content);
        }
    }
}
