package io.llmschema.http.registryapi;

import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.DependencyGraph.Node;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.Locale;

/** A graph as the JSON of this dialect. */
final class GraphOut {
    private GraphOut() {}

    static byte[] json(DependencyGraph graph) {
        return JsonOut.write(out -> out.object(() -> {
            out.object("root", () -> fields(out, graph.root()));
            out.array("nodes", graph.nodes(), node -> out.object(() -> placed(out, node)));
            out.array(
                    "edges",
                    graph.edges(),
                    edge -> out.object(() -> {
                        out.text("from", edge.from().toString());
                        out.text("to", edge.to().toString());
                        out.text("name", edge.name());
                    }));
            out.flag("isCut", graph.isCut());
        }));
    }

    private static void placed(JsonOut out, Node node) {
        Direction direction = node.direction();
        fields(out, node);
        out.number("distance", node.distance());
        out.text("direction", direction == null ? null : direction.name().toLowerCase(Locale.ROOT));
    }

    private static void fields(JsonOut out, Node node) {
        out.text("id", node.id().toString());
        out.text("subject", node.subject().name());
        out.text("version", node.version().toString());
        out.text("schemaType", node.type().name());
        out.state(node.state());
        out.flag("isDeleted", node.isDeleted());
    }
}
