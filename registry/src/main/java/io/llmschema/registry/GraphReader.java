package io.llmschema.registry;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.registry.DependencyGraph.Edge;
import io.llmschema.registry.DependencyGraph.Node;
import io.llmschema.registry.GraphWalk.Reached;
import io.llmschema.storage.DependencyReader;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the graph around a version: a store tells who is reached, and what each refers to; the references among those are the edges.
 *
 * <p>A large graph is read in several steps, so a version that is registered or deleted meanwhile may be in it or not. What a version refers to
 * never changes.
 */
record GraphReader(DependencyReader reader) {
    /** How a reference names a version. */
    private record Place(Subject subject, Version version) {}

    DependencyGraph around(SchemaSummary root, GraphRequest request) {
        List<Reached> reached = new ArrayList<>();
        boolean isCut = false;
        for (Direction direction : Direction.values()) {
            if (request.directions().contains(direction)) {
                GraphWalk walk = GraphWalk.from(root.id(), direction, request.depth(), reader);
                reached.addAll(walk.reached());
                isCut |= walk.isCut();
            }
        }
        Reached middle = new Reached(Node.of(root, 0, null), root.createdAt(), root.references());
        List<Node> nodes = reached.stream().map(Reached::node).toList();
        reached.addFirst(middle);
        return new DependencyGraph(middle.node(), nodes, edges(reached), isCut);
    }

    private static List<Edge> edges(List<Reached> reached) {
        Map<Place, SchemaId> ids = new HashMap<>();
        reached.forEach(one -> ids.put(
                new Place(one.node().subject(), one.node().version()),
                one.node().id()));
        List<Edge> edges = new ArrayList<>();
        for (Reached one : reached) {
            for (SchemaReference reference : one.references()) {
                SchemaId target = ids.get(new Place(reference.subject(), reference.version()));
                if (target != null) {
                    edges.add(new Edge(one.node().id(), target, reference.name()));
                }
            }
        }
        return edges;
    }
}
