package io.llmschema.format.avro;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which named types of two schemas are the same: those of the same full name, and of the others those that the schema after gives the name before as an
 * alias. Whoever compares may add what stands at the same place.
 */
final class TypePairs {
    private final Map<String, String> afterOfBefore = new HashMap<>();
    private final Map<String, String> beforeOfAfter = new HashMap<>();
    private final Set<String> byAlias = new HashSet<>();

    private TypePairs() {}

    static TypePairs of(TypeNames before, TypeNames after) {
        TypePairs pairs = new TypePairs();
        for (String name : after.definitions().keySet()) {
            if (before.definitions().containsKey(name)) {
                pairs.add(name, name);
            }
        }
        after.definitions().forEach((name, definition) -> {
            for (JsonNode alias : definition.node().path("aliases")) {
                String old = TypeNames.qualified(alias.stringValue(), TypeNames.namespaceOf(name));
                if (before.definitions().containsKey(old) && pairs.areFree(old, name)) {
                    pairs.add(old, name);
                    pairs.byAlias.add(name);
                }
            }
        });
        return pairs;
    }

    void add(String before, String after) {
        afterOfBefore.put(before, after);
        beforeOfAfter.put(after, before);
    }

    /** Whether both have no partner yet. */
    boolean areFree(String before, String after) {
        return !afterOfBefore.containsKey(before) && !beforeOfAfter.containsKey(after);
    }

    boolean arePaired(String before, String after) {
        return after.equals(afterOfBefore.get(before));
    }

    Optional<String> before(String after) {
        return Optional.ofNullable(beforeOfAfter.get(after));
    }

    /** Whether an alias says what a type was called before. */
    boolean isByAlias(String after) {
        return byAlias.contains(after);
    }
}
