package io.llmschema.format.avro;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** What the library spends on a schema beyond what goes by its size. */
final class LibraryCosts {
    private LibraryCosts() {}

    /**
     * Where there are aliases, the library compares every type of the writer's with its renamed one, down to the last.
     */
    static long ofAliases(Schema reader, int writerTypes) {
        boolean hasAliases = beneath(reader).stream().anyMatch(LibraryCosts::hasAliases);
        return hasAliases ? (long) writerTypes * writerTypes * Effort.COMPARISON : 0;
    }

    /** The bytes of the largest fixed, 0 where there is none. */
    static long largestFixed(Schema root) {
        return beneath(root).stream()
                .filter(schema -> schema.getType() == Schema.Type.FIXED)
                .mapToLong(Schema::getFixedSize)
                .max()
                .orElse(0);
    }

    private static boolean hasAliases(Schema schema) {
        if (!Children.isNamed(schema)) {
            return false;
        }
        return !schema.getAliases().isEmpty()
                || (schema.getType() == Schema.Type.RECORD
                        && schema.getFields().stream()
                                .anyMatch(field -> !field.aliases().isEmpty()));
    }

    private static Set<Schema> beneath(Schema root) {
        Set<Schema> met = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Schema> open = new ArrayDeque<>(List.of(root));
        met.add(root);
        while (!open.isEmpty()) {
            for (Schema child : Children.of(open.remove())) {
                if (met.add(child)) {
                    open.add(child);
                }
            }
        }
        return met;
    }
}
