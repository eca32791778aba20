package io.llmschema.systemtests.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole kit, asked of our server at several levels; or with {@code -Dconfluent.url=http://…}, of that server, at the level
 * {@code -Dconfluent.level}.
 */
class ConfluentKitTest {
    private static final List<String> LEVELS = List.of("7.4", "7.9", "8.2");

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable resource : OPEN.reversed()) {
            resource.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> server_asked_answersAsExpected() {
        @Nullable String level = System.getProperty("confluent.level");
        List<String> levels = level == null ? LEVELS : List.of(level);
        @Nullable String url = System.getProperty("confluent.url");
        if (url != null) {
            Level asked = level == null ? Level.DEFAULT : Level.parse(level);
            return Stream.of(container(asked, runner(URI.create(url), asked)));
        }
        return levels.stream().map(Level::parse).map(ConfluentKitTest::ownServer);
    }

    private static DynamicNode ownServer(Level level) {
        Launch launch = new Launch(
                List.of(),
                System.getProperty("java.class.path"),
                Map.of(),
                folder,
                List.of("--port", "0", "--data-dir", "level-" + level, "--confluent-level", level.toString()));
        try {
            ServerProcess process = launch.start();
            OPEN.add(process::awaitExit);
            OPEN.add(process::terminate);
            return container(level, runner(process.url(), level));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScenarioRunner runner(URI server, Level level) {
        KitClient client = new KitClient(server);
        OPEN.add(client);
        return new ScenarioRunner(client, level);
    }

    private static DynamicNode container(Level level, ScenarioRunner runner) {
        return DynamicContainer.dynamicContainer(
                "level " + level,
                ConfluentKit.sections().stream()
                        .map(section -> DynamicContainer.dynamicContainer(
                                section.name(),
                                section.scenarios().stream()
                                        .filter(scenario -> scenario.cases(level) > 0)
                                        .map(scenario -> test(scenario, runner)))));
    }

    private static DynamicTest test(Scenario scenario, ScenarioRunner runner) {
        return DynamicTest.dynamicTest(scenario.name(), () -> {
            Outcome outcome = runner.run(scenario);

            assertThat(outcome.passed()).as(outcome::toString).isEqualTo(outcome.cases());
        });
    }
}
