package io.llmschema.cli.migrate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The registry that the records of a topic describe, in memory: of what they say about the same thing, the last one counts.
 *
 * <p>One thread plays the records; when it has done so, many may ask.
 */
public final class TopicLog implements RegistryView {
    private static final String SUBJECT = "subject";
    private static final String VERSION = "version";
    private static final String MODE = "mode";
    private static final String DELETED = "deleted";

    /** What the server has where its topic says nothing. */
    private static final String DEFAULT_MODE = "READWRITE";

    private final SortedMap<String, SortedMap<Integer, ObjectNode>> schemas = new TreeMap<>();
    private final SortedMap<String, ObjectNode> configs = new TreeMap<>();
    private final SortedMap<String, String> modes = new TreeMap<>();

    /** @throws IllegalArgumentException it is no record of this topic; nothing has changed */
    public void play(TopicRecord record) {
        TopicRecord.KeyType type = record.type()
                .orElseThrow(() -> new IllegalArgumentException("a record of an unknown type: " + record.key()));
        switch (type) {
            case SCHEMA -> playSchema(record);
            case CONFIG -> playConfig(record);
            case MODE -> playMode(record);
            case DELETE_SUBJECT ->
                deleteUpTo(record.subject(), record.value().path(VERSION).asInt(0));
            case CLEAR_SUBJECT -> clear(record);
            case NOOP -> {}
        }
    }

    private void playSchema(TopicRecord record) {
        VersionKey key = record.version();
        if (key.subject().isEmpty() || key.version() < 1) {
            throw new IllegalArgumentException("a schema without subject or version: " + record.key());
        }
        if (record.isTombstone()) {
            versionsOf(key.subject()).remove(key.version());
        } else if (record.value().path("schema").isString()
                && record.value().path("id").asInt(0) > 0) {
            ObjectNode schema = record.value().asObject().deepCopy();
            schema.put(SUBJECT, key.subject()).put(VERSION, key.version());
            versionsOf(key.subject()).put(key.version(), schema);
        } else {
            throw new IllegalArgumentException("a schema without text or id: " + record.key());
        }
    }

    private SortedMap<Integer, ObjectNode> versionsOf(String subject) {
        return schemas.computeIfAbsent(subject, name -> new TreeMap<>());
    }

    private void playConfig(TopicRecord record) {
        if (record.isTombstone()) {
            configs.remove(record.subject());
            return;
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        record.value().properties().stream()
                .filter(field ->
                        !field.getKey().equals(SUBJECT) && !field.getValue().isNull())
                .forEach(field -> config.set(field.getKey(), field.getValue()));
        configs.put(record.subject(), config);
    }

    private void playMode(TopicRecord record) {
        if (record.isTombstone()) {
            modes.remove(record.subject());
        } else {
            modes.put(record.subject(), record.value().path(MODE).asString(DEFAULT_MODE));
        }
    }

    private void deleteUpTo(String subject, int version) {
        versionsOf(subject).headMap(version + 1).values().forEach(schema -> schema.put(DELETED, true));
    }

    private void clear(TopicRecord record) {
        if (!record.isTombstone()) {
            schemas.forEach((name, versions) -> {
                if (isIn(name, record.subject())) {
                    versions.values().removeIf(TopicLog::isDeleted);
                }
            });
        }
    }

    private static boolean isIn(String name, String scope) {
        return name.equals(scope)
                || (isScope(scope)
                        && (scope.equals(ALL_CONTEXTS) || scopeOf(name).equals(scope)));
    }

    private static boolean isDeleted(JsonNode schema) {
        return schema.path(DELETED).asBoolean(false);
    }

    private static boolean isScope(String name) {
        return scopeOf(name).equals(name);
    }

    private static String scopeOf(String name) {
        return name.startsWith(":.") ? name.substring(0, name.indexOf(':', 1) + 1) : GLOBAL;
    }

    @Override
    public Listing listing() {
        NavigableSet<String> names = new TreeSet<>(schemas.keySet());
        names.addAll(configs.keySet());
        names.addAll(modes.keySet());
        NavigableSet<String> scopes = new TreeSet<>(List.of(GLOBAL, ALL_CONTEXTS));
        names.stream().map(TopicLog::scopeOf).forEach(scopes::add);
        SortedMap<String, ListedSubject> subjects = new TreeMap<>();
        names.stream().filter(name -> !isScope(name)).forEach(name -> {
            Collection<ObjectNode> versions =
                    schemas.getOrDefault(name, new TreeMap<>()).values();
            boolean isLive = versions.stream().anyMatch(schema -> !isDeleted(schema));
            if (!versions.isEmpty() || configs.containsKey(name) || modes.containsKey(name)) {
                subjects.put(name, new ListedSubject(name, !versions.isEmpty(), isLive));
            }
        });
        return new Listing(List.copyOf(scopes), subjects);
    }

    @Override
    public Map<Integer, Boolean> versions(ListedSubject subject) {
        Map<Integer, Boolean> versions = new TreeMap<>();
        schemas.getOrDefault(subject.name(), new TreeMap<>())
                .forEach((number, schema) -> versions.put(number, isDeleted(schema)));
        return versions;
    }

    @Override
    public Optional<SchemaDocument> version(VersionKey key) {
        return Optional.ofNullable(
                        schemas.getOrDefault(key.subject(), new TreeMap<>()).get(key.version()))
                .map(SchemaDocument::new);
    }

    @Override
    public Settings settings(String scope) {
        @Nullable ObjectNode config = configs.get(scope);
        @Nullable String mode = modes.get(scope);
        if (!scope.equals(GLOBAL)) {
            return new Settings(config, mode);
        }
        ObjectNode defaults = JsonNodeFactory.instance.objectNode().put("compatibilityLevel", "BACKWARD");
        return new Settings(
                Objects.requireNonNullElse(config, defaults), Objects.requireNonNullElse(mode, DEFAULT_MODE));
    }
}
