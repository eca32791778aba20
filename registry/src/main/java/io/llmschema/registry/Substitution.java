package io.llmschema.registry;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema put in the place of versions that others refer to: under the same name, wherever they are reached, with what it refers to itself
 * in place of what they referred to.
 *
 * <p>What the substitute refers to is left as it is, also where that leads to a replaced version: a version refers to older ones.
 *
 * @param replaced the ids of the versions whose place it takes
 */
record Substitution(SchemaSource substitute, Set<SchemaId> replaced, SchemaReader reader) {
    Substitution {
        replaced = Set.copyOf(replaced);
    }

    /** What came of it. */
    sealed interface Outcome {
        /** A schema with all that it refers to now. */
        record Whole(SchemaSource source) implements Outcome {}

        /**
         * Nothing that could be registered.
         *
         * @param reason in a sentence
         */
        record Impossible(String reason) implements Outcome {}
    }

    /** A schema with the substitute in it, as far as it can be. */
    Outcome in(Schema dependent) {
        Walk walk = new Walk();
        dependent.summary().references().forEach(walk::visit);
        return walk.outcome(dependent.content());
    }

    /** The version that a reference leads to; it is live as long as the one that refers to it is. */
    Schema find(SchemaReference reference) {
        SchemaKey key = new SchemaKey.ByVersion(reference.subject(), new VersionSelector.Exact(reference.version()));
        return reader.getSchema(key)
                .orElseThrow(() -> new MissingReference(
                        reference.name(),
                        reference.subject(),
                        reference.version().toString(),
                        "it was deleted just now"));
    }

    /** The same walk as that of {@link References}, depth first. It ends, because the stored graph has no circles. */
    private final class Walk {
        private final Set<SchemaReference> visited = new HashSet<>();
        private final Map<String, SchemaContent> closure = new LinkedHashMap<>();
        private long bytes;
        private @Nullable String obstacle;

        private void visit(SchemaReference reference) {
            if (obstacle != null || !visited.add(reference)) {
                return;
            }
            Schema schema = find(reference);
            if (replaced.contains(schema.summary().id())) {
                substitute.references().forEach(referenced -> add(referenced.name(), referenced.content()));
                add(reference.name(), substitute.content());
            } else {
                schema.summary().references().forEach(this::visit);
                add(reference.name(), schema.content());
            }
        }

        /** Names are those of the whole, so two texts of one name cannot be told apart: a registration is refused for that too. */
        private void add(String name, SchemaContent content) {
            SchemaContent known = closure.putIfAbsent(name, content);
            if (known != null) {
                if (!known.equals(content)) {
                    obstacle = "the name '%s' would stand for two different schemas".formatted(name);
                }
                return;
            }
            bytes += content.size();
            if (closure.size() > RegistryLimits.MAX_REFERENCES) {
                obstacle = "more than %,d schemas would be reached".formatted(RegistryLimits.MAX_REFERENCES);
            } else if (bytes > RegistryLimits.MAX_REFERENCED_BYTES) {
                obstacle = "the schemas reached would have more than %,d bytes together"
                        .formatted(RegistryLimits.MAX_REFERENCED_BYTES);
            }
        }

        private Outcome outcome(SchemaContent content) {
            if (obstacle != null) {
                return new Outcome.Impossible(obstacle);
            }
            List<ReferencedSchema> references = closure.entrySet().stream()
                    .map(named -> new ReferencedSchema(named.getKey(), named.getValue()))
                    .toList();
            return new Outcome.Whole(new SchemaSource(content, references));
        }
    }
}
