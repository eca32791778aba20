package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.DependencyGraph.Node;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {
    private static final Set<Direction> BOTH = EnumSet.allOf(Direction.class);

    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(Arrays.stream(SchemaType.values())
                    .<SchemaFormat>map(FieldsFormat::new)
                    .toList()),
            RegistryLimits.DEFAULT,
            new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, true, null)
                    .over(SettingsInForce.DEFAULT),
            InstantSource.system());

    @Test
    void graph_hasWhatIsReachedBothWays_andItsReferences() {
        registerDiamond();

        DependencyGraph graph = graph("left", BOTH, GraphRequest.ANY_DEPTH);

        assertThat(graph.root().subject()).isEqualTo(subject("left"));
        assertThat(graph.root().distance()).isZero();
        assertThat(names(graph.nodes()))
                .containsExactly("1 bottom REFERENCES", "1 top DEPENDENTS", "2 user DEPENDENTS");
        assertThat(edges(graph))
                .containsExactlyInAnyOrder(
                        "left -bottom-> bottom", "top -left-> left", "user -top-> top", "user -bottom-> bottom");
        assertThat(graph.isCut()).isFalse();
    }

    @Test
    void graph_ofAllReferences_hasAnEdgeForEachOfTheDiamond() {
        registerDiamond();

        DependencyGraph graph = graph("top", EnumSet.of(Direction.REFERENCES), GraphRequest.ANY_DEPTH);

        assertThat(names(graph.nodes()))
                .containsExactlyInAnyOrder("1 left REFERENCES", "1 right REFERENCES", "2 bottom REFERENCES");
        assertThat(edges(graph))
                .containsExactlyInAnyOrder(
                        "top -left-> left", "top -right-> right", "left -bottom-> bottom", "right -bottom-> bottom");
    }

    @Test
    void depth_leavesOutWhatIsFarther() {
        registerDiamond();

        assertThat(names(graph("bottom", EnumSet.of(Direction.DEPENDENTS), 1).nodes()))
                .containsExactlyInAnyOrder("1 left DEPENDENTS", "1 right DEPENDENTS", "1 user DEPENDENTS");
        assertThat(names(graph("bottom", EnumSet.of(Direction.DEPENDENTS), 2).nodes()))
                .hasSize(4)
                .contains("2 top DEPENDENTS");
        assertThat(graph("bottom", BOTH, 1).isCut()).isFalse();
    }

    @Test
    void twoNamesForOneVersion_areTwoEdges() {
        register("s", "a");
        register("user", "@x @y", reference("x", "s"), reference("y", "s"));

        assertThat(edges(graph("s", BOTH, 1))).containsExactly("user -x-> s", "user -y-> s");
    }

    @Test
    void deletedRoot_byItsId_isShownWithWhatItRefersTo() {
        register("s", "a");
        SchemaId id = register("user", "@s", reference("s", "s"));
        registry.delete(new SchemaKey.ById(id));

        DependencyGraph graph = registry.graph(new SchemaKey.ById(id), new GraphRequest(BOTH, GraphRequest.ANY_DEPTH));

        assertThat(graph.root().isDeleted()).isTrue();
        assertThat(edges(graph)).containsExactly("user -s-> s");
        assertThat(graph("s", BOTH, 1).nodes()).isEmpty();
    }

    @Test
    void tooManyDependents_areCut_theFarthestFirst() {
        register("s", "a");
        for (int i = 0; i < RegistryLimits.MAX_GRAPH_NODES; i++) {
            register("user" + i, "@s", reference("s", "s"));
        }
        assertThat(graph("s", BOTH, GraphRequest.ANY_DEPTH).isCut()).isFalse();
        register("far", "@user0", reference("user0", "user0"));

        DependencyGraph graph = graph("s", BOTH, GraphRequest.ANY_DEPTH);

        assertThat(graph.isCut()).isTrue();
        assertThat(graph.nodes()).hasSize(RegistryLimits.MAX_GRAPH_NODES).allMatch(node -> node.distance() == 1);
        assertThat(graph.edges()).hasSize(RegistryLimits.MAX_GRAPH_NODES);
        assertThat(graph("s", BOTH, 1).isCut()).isFalse();
    }

    @Test
    void tooLongReferences_areCut() {
        register("s", "a");
        RequestedReference[] references = IntStream.range(0, RegistryLimits.MAX_REFERENCES)
                .mapToObj(i -> reference("x".repeat(996) + i, "s"))
                .toArray(RequestedReference[]::new);
        for (int i = 0; i < 6; i++) {
            register("user" + i, "a", references);
        }

        DependencyGraph graph = graph("s", BOTH, 1);

        assertThat(graph.isCut()).isTrue();
        assertThat(graph.nodes()).hasSize(4);
        assertThat(graph.edges()).hasSize(4 * RegistryLimits.MAX_REFERENCES);
    }

    @Test
    void whatIsNotThere_orAskedForInNoWay_isRefused() {
        assertThatThrownBy(() -> graph("s", BOTH, 1)).isInstanceOf(SubjectNotFound.class);
        assertThatThrownBy(() -> new GraphRequest(BOTH, 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new GraphRequest(Set.of(), 1)).isInstanceOf(InvalidValue.class);
    }

    /** top refers to left and right, those to bottom; user to top and bottom. */
    private void registerDiamond() {
        register("bottom", "a");
        register("left", "@bottom", reference("bottom", "bottom"));
        register("right", "@bottom", reference("bottom", "bottom"));
        register("top", "@left @right", reference("left", "left"), reference("right", "right"));
        register("user", "@top @bottom", reference("top", "top"), reference("bottom", "bottom"));
    }

    private DependencyGraph graph(String subject, Set<Direction> directions, int depth) {
        return registry.graph(
                new SchemaKey.ByVersion(subject(subject), VersionSelector.LATEST), new GraphRequest(directions, depth));
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.stream()
                .map(node -> node.distance() + " " + node.subject() + " " + node.direction())
                .toList();
    }

    private static List<String> edges(DependencyGraph graph) {
        Map<SchemaId, String> names = new HashMap<>();
        Stream.concat(Stream.of(graph.root()), graph.nodes().stream())
                .forEach(node -> names.put(node.id(), node.subject().name()));
        return graph.edges().stream()
                .map(edge -> names.get(edge.from()) + " -" + edge.name() + "-> " + names.get(edge.to()))
                .toList();
    }

    private SchemaId register(String subject, String text, RequestedReference... references) {
        return registry.register(new RegistrationRequest(
                        subject(subject),
                        SchemaType.JSON,
                        SchemaContent.of(text),
                        null,
                        List.of(references),
                        Metadata.NONE,
                        new SchemaState.Active(),
                        "tester"))
                .schema()
                .id();
    }

    private static RequestedReference reference(String name, String subject) {
        return new RequestedReference(name, subject(subject), VersionSelector.LATEST);
    }

    private static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }
}
