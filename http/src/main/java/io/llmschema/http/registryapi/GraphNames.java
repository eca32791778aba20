package io.llmschema.http.registryapi;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.DependencyGraph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the nodes of a graph are called in a drawing: {@code n0} is the root, the others are counted on. A subject's name stands in labels only, where
 * it can be quoted.
 */
final class GraphNames {
    /** Said in a drawing of a graph that is cut. */
    static final String CUT = "further versions are left out";

    private final List<Node> all;
    private final Map<SchemaId, String> names = new HashMap<>();

    GraphNames(DependencyGraph graph) {
        this.all =
                Stream.concat(Stream.of(graph.root()), graph.nodes().stream()).toList();
        all.forEach(node -> names.put(node.id(), "n" + names.size()));
    }

    /** The root, and then the others. */
    List<Node> all() {
        return all;
    }

    String of(SchemaId id) {
        return names.getOrDefault(id, "n0");
    }

    /** What is written into a node, not quoted yet. */
    static String label(Node node) {
        String mark = mark(node);
        return node.subject().name() + " " + node.version() + (mark.isEmpty() ? "" : " (" + mark + ")");
    }

    /** How the node differs from one that is for use: draft, deprecated, archived or deleted; empty if it does not. */
    static String mark(Node node) {
        if (node.isDeleted()) {
            return "deleted";
        }
        Stage stage = node.state().stage();
        return stage == Stage.ACTIVE ? "" : stage.name().toLowerCase(Locale.ROOT);
    }
}
