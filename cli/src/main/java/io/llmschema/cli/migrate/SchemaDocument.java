package io.llmschema.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A version as the dialect tells it: numbers, text, references, metadata and rules. */
public record SchemaDocument(JsonNode told) {
    private static final String REFERENCES = "references";
    private static final String TYPE = "schemaType";
    private static final String RULES = "ruleSet";
    private static final String GUID = "guid";
    private static final JsonNode AVRO = JsonNodeFactory.instance.stringNode("AVRO");

    /** What makes up a version besides its subject's name, in the order in which it is written. */
    private static final List<String> FIELDS = List.of("version", "id", TYPE, REFERENCES, "metadata", RULES, "schema");

    VersionKey key() {
        return new VersionKey(
                told.path("subject").asString(""), told.path("version").asInt(0));
    }

    int id() {
        return told.path("id").asInt(0);
    }

    /** The versions that it refers to; the version is below 1 where the latest is meant. */
    List<VersionKey> references() {
        return told.path(REFERENCES).values().stream()
                .map(reference -> new VersionKey(
                        key().inSameContext(reference.path("subject").asString("")),
                        reference.path("version").asInt(-1)))
                .toList();
    }

    /** The wish to have the same version elsewhere. */
    ObjectNode registration() {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        FIELDS.stream().filter(name -> isThere(told.path(name))).forEach(name -> wish.set(name, told.path(name)));
        return wish;
    }

    /** The names of what differs in another registry's word on the same version. */
    List<String> differences(SchemaDocument other) {
        List<String> different = new ArrayList<>(FIELDS.stream()
                .filter(name -> !value(name).equals(other.value(name)))
                .toList());
        if (!hasSameGuid(other)) {
            different.add(GUID);
        }
        return different;
    }

    /**
     * Not every registry has guids; where two have, a consumer may look for the one or the other. How rules are hashed into them is not published, so that each has
     * its own way.
     */
    private boolean hasSameGuid(SchemaDocument other) {
        JsonNode guid = told.path(GUID);
        JsonNode otherGuid = other.told.path(GUID);
        return !isThere(guid) || !isThere(otherGuid) || isThere(told.path(RULES)) || guid.equals(otherGuid);
    }

    /** No type means Avro; the rest is compared without regard to what may as well be left out. */
    private JsonNode value(String name) {
        JsonNode value = pruned(told.path(name));
        return name.equals(TYPE) && !isThere(value) ? AVRO : value;
    }

    /** Without what is null, false or empty inside; one registry writes it, another does not. */
    private static JsonNode pruned(JsonNode node) {
        if (!node.isContainer()) {
            return isThere(node) ? node : MissingNode.getInstance();
        }
        JsonNode pruned = node.isObject() ? prunedObject(node) : prunedArray(node);
        return pruned.isEmpty() ? MissingNode.getInstance() : pruned;
    }

    private static JsonNode prunedObject(JsonNode node) {
        ObjectNode pruned = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            JsonNode value = pruned(field.getValue());
            if (isThere(value) && !value.equals(JsonNodeFactory.instance.booleanNode(false))) {
                pruned.set(field.getKey(), value);
            }
        });
        return pruned;
    }

    private static JsonNode prunedArray(JsonNode node) {
        ArrayNode pruned = JsonNodeFactory.instance.arrayNode();
        node.values().forEach(value -> pruned.add(pruned(value)));
        return pruned;
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
    }
}
