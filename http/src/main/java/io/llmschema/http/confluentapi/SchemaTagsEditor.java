package io.llmschema.http.confluentapi;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A change of the tags of a schema. Those of Avro and JSON Schema stand in the schema itself, which loses its white space when it gets others; those of Protobuf in
 * the metadata of its contract, under the paths of its parts.
 */
final class SchemaTagsEditor {
    /** A schema and its contract with other tags. */
    record Tagged(SchemaContent content, Contract contract) {}

    private SchemaTagsEditor() {}

    /**
     * The same with some tags more and some less; what is to be both added and removed is removed.
     *
     * @throws ConfluentRefusal a part is not there, or the schema is none at all
     */
    static Tagged edited(
            SchemaType type,
            SchemaContent content,
            Contract contract,
            List<SchemaTags> toAdd,
            List<SchemaTags> toRemove) {
        if (toAdd.isEmpty() && toRemove.isEmpty()) {
            return new Tagged(content, contract);
        }
        return switch (type) {
            case AVRO, JSON -> new Tagged(editedText(type, content, toAdd, toRemove), contract);
            case PROTOBUF -> new Tagged(content, contract.withTags(editedTags(contract, toAdd, toRemove)));
        };
    }

    private static SchemaContent editedText(
            SchemaType type, SchemaContent content, List<SchemaTags> toAdd, List<SchemaTags> toRemove) {
        JsonNode schema = tree(content);
        String before = CanonicalJson.ordered(schema);
        Set<SchemaEntity> there = new HashSet<>();
        SchemaEntities.visit(type, schema, (entity, part) -> {
            there.add(entity);
            of(entity, toAdd).forEach(more -> InlineTags.add(part, more.tags()));
            of(entity, toRemove).forEach(less -> InlineTags.remove(part, less.tags()));
        });
        Stream.concat(toAdd.stream(), toRemove.stream())
                .map(SchemaTags::entity)
                .filter(entity -> !there.contains(entity))
                .findFirst()
                .ifPresent(entity -> {
                    throw refusal("No matching path '" + entity.path() + "' found in the schema");
                });
        String after = CanonicalJson.ordered(schema);
        return after.equals(before) ? content : SchemaContent.of(after);
    }

    private static JsonNode tree(SchemaContent content) {
        return switch (JsonText.parse(content.text(), SchemaTagsFinder.MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed(Violation violation) -> throw refusal("Invalid schema, details: " + violation);
        };
    }

    private static ConfluentRefusal refusal(String words) {
        return new ConfluentRefusal(42201, 422, words);
    }

    private static Stream<SchemaTags> of(SchemaEntity entity, List<SchemaTags> tags) {
        return tags.stream().filter(one -> one.entity().equals(entity));
    }

    private static SortedMap<String, List<String>> editedTags(
            Contract contract, List<SchemaTags> toAdd, List<SchemaTags> toRemove) {
        SortedMap<String, List<String>> tags = new TreeMap<>(contract.tags());
        toAdd.forEach(more -> tags.merge(
                more.entity().path(),
                more.tags(),
                (some, others) -> Stream.concat(some.stream(), others.stream()).toList()));
        toRemove.forEach(less -> tags.computeIfPresent(
                less.entity().path(),
                (_, some) ->
                        some.stream().filter(tag -> !less.tags().contains(tag)).toList()));
        return tags;
    }
}
