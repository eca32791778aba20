package io.llmschema.http.confluentapi;

import io.llmschema.json.JsonText;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The search for tagged parts of a schema, be the tags in its text or in its contract.
 *
 * <p>Of a contract those tags count whose path names a part that is there, or is a pattern for it. A schema of Protobuf is not looked into: there, each path
 * that is no pattern is a part; if its last name begins with a capital, as names of messages do, a record, else a field.
 */
final class SchemaTagsFinder {
    /** Asks for all tags. */
    private static final String ALL = "*";

    /** Each is tried with each part. */
    static final int MAX_PATTERNS = 100;

    /** Deeper than any content may be. */
    static final int MAX_DEPTH = 1_000;

    private SchemaTagsFinder() {}

    /**
     * The parts that have one of the tags that are wanted, each with those of its tags.
     *
     * @param content of a version, and so a schema of its type
     * @param wanted {@value #ALL} among them: all tags
     */
    static List<SchemaTags> find(SchemaType type, SchemaContent content, Contract contract, List<String> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<SchemaEntity, List<String>> tagged = new LinkedHashMap<>();
        if (type == SchemaType.PROTOBUF) {
            collectNamed(contract, tagged);
        } else {
            collectWithin(type, content, contract, tagged);
        }
        return tagged.entrySet().stream()
                .map(part -> new SchemaTags(
                        part.getKey(),
                        part.getValue().stream()
                                .filter(tag -> wanted.contains(ALL) || wanted.contains(tag))
                                .toList()))
                .filter(part -> !part.tags().isEmpty())
                .toList();
    }

    private static void collectNamed(Contract contract, Map<SchemaEntity, List<String>> tagged) {
        contract.tags().forEach((path, tags) -> {
            if (!new TagPath(path).isPattern()) {
                tagged.put(new SchemaEntity(path, kindByName(path)), tags);
            }
        });
    }

    private static SchemaEntity.Kind kindByName(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        return !name.isEmpty() && Character.isUpperCase(name.charAt(0))
                ? SchemaEntity.Kind.RECORD
                : SchemaEntity.Kind.FIELD;
    }

    private static void collectWithin(
            SchemaType type, SchemaContent content, Contract contract, Map<SchemaEntity, List<String>> tagged) {
        Map<TagPath, List<String>> patterns = patterns(contract);
        SchemaEntities.visit(type, tree(content), (entity, part) -> {
            List<String> tags = tagged.computeIfAbsent(entity, _ -> new ArrayList<>());
            tags.addAll(InlineTags.of(part));
            tags.addAll(contract.tags().getOrDefault(entity.path(), List.of()));
            patterns.forEach((pattern, some) -> {
                if (pattern.matches(entity.path())) {
                    tags.addAll(some);
                }
            });
        });
    }

    private static Map<TagPath, List<String>> patterns(Contract contract) {
        Map<TagPath, List<String>> patterns = new LinkedHashMap<>();
        contract.tags().forEach((path, tags) -> {
            TagPath pattern = new TagPath(path);
            if (pattern.isPattern()) {
                patterns.put(pattern, tags);
            }
        });
        if (patterns.size() > MAX_PATTERNS) {
            throw new InvalidValue(
                    "find-tags",
                    patterns.size() + " patterns",
                    "tags are found as long as metadata have at most " + MAX_PATTERNS + " paths with * or ?");
        }
        return patterns;
    }

    private static JsonNode tree(SchemaContent content) {
        return switch (JsonText.parse(content.text(), MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed malformed ->
                throw new IllegalStateException("a schema of Avro or JSON Schema is JSON: " + malformed);
        };
    }
}
