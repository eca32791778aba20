package io.llmschema.registry;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaSummary;
import io.llmschema.registry.DependencyGraph.Node;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader;
import io.llmschema.storage.DependencyReader.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk through the graph of references from one version, one way, the nearest first, until a bound of {@link RegistryLimits} is met.
 *
 * <p>Of each version only what the graph shows is held: all that is known of a thousand of them may be too much.
 */
final class GraphWalk {
    /** A version that was reached, and what it refers to. */
    record Reached(Node node, Instant createdAt, List<SchemaReference> references) {}

    private final Direction direction;
    private final int depth;
    private final List<Reached> reached = new ArrayList<>();
    private long nameChars;
    private boolean isCut;

    private GraphWalk(Direction direction, int depth) {
        this.direction = direction;
        this.depth = depth;
    }

    static GraphWalk from(SchemaId root, Direction direction, int depth, DependencyReader reader) {
        GraphWalk walk = new GraphWalk(direction, depth);
        PageRequest request = PageRequest.first(walk.pageSize());
        while (true) {
            Page<Dependency> page = reader.dependencies(root, direction, depth > 1, request);
            boolean isOver = walk.take(page.items()) || page.next() == null;
            if (isOver) {
                return walk;
            }
            request = new PageRequest(walk.pageSize(), page.next());
        }
    }

    /** One more than there is room for tells whether something is left out. */
    private int pageSize() {
        return Math.min(PageRequest.MAX_SIZE, RegistryLimits.MAX_GRAPH_NODES - reached.size() + 1);
    }

    /** Whether what comes next is too far, or too much. */
    private boolean take(List<Dependency> found) {
        for (Dependency dependency : found) {
            if (dependency.distance() > depth) {
                return true;
            }
            SchemaSummary schema = dependency.schema();
            nameChars += chars(schema.references());
            if (reached.size() == RegistryLimits.MAX_GRAPH_NODES || nameChars > RegistryLimits.MAX_GRAPH_NAME_CHARS) {
                isCut = true;
                return true;
            }
            reached.add(new Reached(
                    Node.of(schema, dependency.distance(), direction), schema.createdAt(), schema.references()));
        }
        return false;
    }

    private static long chars(List<SchemaReference> references) {
        return references.stream()
                .mapToLong(reference ->
                        reference.name().length() + reference.subject().name().length())
                .sum();
    }

    /** The nearest first, and then by id. */
    List<Reached> reached() {
        return reached;
    }

    /** Whether there is more that is not too far. */
    boolean isCut() {
        return isCut;
    }
}
