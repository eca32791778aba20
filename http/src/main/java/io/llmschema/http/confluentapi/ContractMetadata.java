package io.llmschema.http.confluentapi;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a contract says of a schema: tags of its parts, and properties of the whole. Two that say the same are equal.
 *
 * @param tags by the path of a part; sorted and distinct, and no part without one
 * @param sensitive the names of properties that are not for every eye; sorted and distinct
 */
record ContractMetadata(
        SortedMap<String, List<String>> tags, SortedMap<String, String> properties, List<String> sensitive) {
    static final ContractMetadata EMPTY = new ContractMetadata(new TreeMap<>(), new TreeMap<>(), List.of());

    private static final String TAGS = "tags";
    private static final String PROPERTIES = "properties";
    private static final String SENSITIVE = "sensitive";

    ContractMetadata {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        tags.forEach((path, given) -> {
            if (!given.isEmpty()) {
                sorted.put(path, sorted(given));
            }
        });
        tags = Collections.unmodifiableSortedMap(sorted);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        sensitive = sorted(sensitive);
    }

    private static List<String> sorted(Collection<String> texts) {
        return List.copyOf(new TreeSet<>(texts));
    }

    static ContractMetadata read(LenientObject object) {
        return new ContractMetadata(
                object.textListsByName(TAGS), object.textsByName(PROPERTIES), object.texts(SENSITIVE));
    }

    boolean isEmpty() {
        return tags.isEmpty() && properties.isEmpty() && sensitive.isEmpty();
    }

    /** This with what another says beside it; of a property that both have, the other's value. */
    ContractMetadata with(ContractMetadata other) {
        SortedMap<String, List<String>> allTags = new TreeMap<>(tags);
        other.tags.forEach((path, more) -> allTags.merge(path, more, ContractMetadata::joined));
        return new ContractMetadata(allTags, all(properties, other.properties), joined(sensitive, other.sensitive));
    }

    ContractMetadata withProperty(String name, String value) {
        return new ContractMetadata(tags, all(properties, Map.of(name, value)), sensitive);
    }

    ContractMetadata withTags(SortedMap<String, List<String>> others) {
        return new ContractMetadata(others, properties, sensitive);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static SortedMap<String, String> all(Map<String, String> some, Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    ObjectNode toJson() {
        ObjectNode json = toJsonWithoutProperties();
        if (!properties.isEmpty()) {
            properties.forEach(json.putObject(PROPERTIES)::put);
        }
        return json;
    }

    /** What is kept beside the properties, which are attributes in their own right. */
    ObjectNode toJsonWithoutProperties() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!tags.isEmpty()) {
            ObjectNode byPath = json.putObject(TAGS);
            tags.forEach((path, some) -> some.forEach(byPath.putArray(path)::add));
        }
        if (!sensitive.isEmpty()) {
            sensitive.forEach(json.putArray(SENSITIVE)::add);
        }
        return json;
    }

    /** What it adds to the text of which a guid is the hash. */
    String hashed() {
        StringBuilder text = new StringBuilder();
        tags.forEach((path, some) -> text.append(path).append(String.join("", some)));
        properties.forEach((name, value) -> text.append(name).append(value));
        sensitive.forEach(text::append);
        return text.toString();
    }
}
