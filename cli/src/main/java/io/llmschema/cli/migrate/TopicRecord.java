package io.llmschema.cli.migrate;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record of the topic in which Confluent's registry keeps all it has.
 *
 * @param value null where what the key names is removed for good
 */
public record TopicRecord(JsonNode key, JsonNode value) {
    private static final String KEY_TYPE = "keytype";
    private static final String SUBJECT = "subject";
    private static final String VERSION = "version";
    private static final String MAGIC = "magic";
    private static final String MODE = "mode";
    private static final String DELETED = "deleted";

    /** What a record is about. */
    enum KeyType {
        SCHEMA(1),
        CONFIG(0),
        MODE(0),
        /** All versions of a subject, up to one, are deleted. */
        DELETE_SUBJECT(0),
        /** The deleted versions of a subject are removed for good. */
        CLEAR_SUBJECT(0),
        NOOP(0);

        private final int magic;

        KeyType(int magic) {
            this.magic = magic;
        }
    }

    /** Empty for a type that later releases may have. */
    Optional<KeyType> type() {
        String name = key.path(KEY_TYPE).asString("").toUpperCase(Locale.ROOT);
        for (KeyType type : KeyType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** {@link RegistryView#GLOBAL} if it names none. */
    String subject() {
        String name = key.path(SUBJECT).asString("");
        return name.equals(":.:") ? RegistryView.GLOBAL : name;
    }

    VersionKey version() {
        return new VersionKey(subject(), key.path(VERSION).asInt(0));
    }

    boolean isTombstone() {
        return value.isNull() || value.isMissingNode();
    }

    static TopicRecord of(SchemaDocument version, boolean isDeleted) {
        VersionKey key = version.key();
        ObjectNode value = named(key.subject());
        value.setAll(version.registration());
        value.put(DELETED, isDeleted);
        return new TopicRecord(key(KeyType.SCHEMA, key.subject()).put(VERSION, key.version()), value);
    }

    static TopicRecord ofConfig(String scope, ObjectNode config) {
        ObjectNode value = named(scope);
        value.setAll(config);
        return new TopicRecord(key(KeyType.CONFIG, scope), value);
    }

    static TopicRecord ofMode(String scope, String mode) {
        return new TopicRecord(key(KeyType.MODE, scope), named(scope).put(MODE, mode));
    }

    private static ObjectNode key(KeyType type, String subject) {
        ObjectNode key = JsonNodeFactory.instance.objectNode().put(KEY_TYPE, type.name());
        key.set(SUBJECT, named(subject).path(SUBJECT));
        return key.put(MAGIC, type.magic);
    }

    private static ObjectNode named(String subject) {
        @Nullable String name = subject.equals(RegistryView.GLOBAL) ? null : subject;
        return JsonNodeFactory.instance.objectNode().put(SUBJECT, name);
    }

    /** The record as one object, as it stands in a line of a file. */
    public ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("key", key);
        line.set("value", value);
        return line;
    }
}
