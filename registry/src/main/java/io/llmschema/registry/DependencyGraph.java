package io.llmschema.registry;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions around one, and every reference between any two of them. It has no circles: {@link References} says why.
 *
 * @param root the version in the middle
 * @param nodes the others: what the root refers to, then what refers to it, each the nearest first
 * @param edges their references, in the order of root and nodes, and of each in the order they were given
 * @param isCut whether there are versions within the distance asked for that are left out, because there are too many of them
 */
public record DependencyGraph(Node root, List<Node> nodes, List<Edge> edges, boolean isCut) {
    public DependencyGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A version in the graph.
     *
     * @param distance how many references lie between it and the root at least; 0: it is the root
     * @param direction whether the root refers to it or it to the root; absent: it is the root
     */
    public record Node(
            SchemaId id,
            Subject subject,
            Version version,
            SchemaType type,
            SchemaState state,
            boolean isDeleted,
            int distance,
            @Nullable Direction direction) {
        static Node of(SchemaSummary schema, int distance, @Nullable Direction direction) {
            return new Node(
                    schema.id(),
                    schema.subject(),
                    schema.version(),
                    schema.type(),
                    schema.state(),
                    schema.isDeleted(),
                    distance,
                    direction);
        }
    }

    /**
     * A reference.
     *
     * @param from the version whose text refers to the other
     * @param name how it does
     */
    public record Edge(SchemaId from, SchemaId to, String name) {}
}
