package io.llmschema.http.confluentapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tags that stand in a schema itself, in the object that describes a part. */
final class InlineTags {
    private static final String MEMBER = "confluent:tags";

    private InlineTags() {}

    static List<String> of(ObjectNode part) {
        List<String> tags = new ArrayList<>();
        if (part.path(MEMBER) instanceof ArrayNode array) {
            for (JsonNode tag : array) {
                if (tag.isString()) {
                    tags.add(tag.stringValue());
                }
            }
        }
        return tags;
    }

    static void add(ObjectNode part, Collection<String> more) {
        Set<String> tags = new LinkedHashSet<>(of(part));
        tags.addAll(more);
        put(part, tags);
    }

    static void remove(ObjectNode part, Collection<String> some) {
        Set<String> tags = new LinkedHashSet<>(of(part));
        tags.removeAll(Set.copyOf(some));
        put(part, tags);
    }

    private static void put(ObjectNode part, Set<String> tags) {
        // What has the same tags keeps how they are written.
        if (!tags.equals(new LinkedHashSet<>(of(part)))) {
            if (tags.isEmpty()) {
                part.remove(MEMBER);
            } else {
                tags.forEach(part.putArray(MEMBER)::add);
            }
        }
    }
}
