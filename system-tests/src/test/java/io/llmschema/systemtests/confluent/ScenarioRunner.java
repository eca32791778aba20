package io.llmschema.systemtests.confluent;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs scenarios against a server of a level, one at a time.
 *
 * <p>Names are made unique to the run, so nothing need be removed before or after. A step that fails does not end its scenario.
 */
final class ScenarioRunner {
    private static final int BASE = 36;

    /** Far above the ids that a registry has given, and far below those that it cannot give any more. */
    private static final int LOWEST_FRESH_ID = 1_000_000_000;

    private static final int HIGHEST_FRESH_ID = 1_900_000_000;

    private final KitClient client;
    private final Level level;
    private final AtomicInteger scenarios = new AtomicInteger();
    private final String run = Long.toString(System.currentTimeMillis(), BASE);

    ScenarioRunner(KitClient client, Level level) {
        this.client = client;
        this.level = level;
    }

    Outcome run(Scenario scenario) {
        String mark = "_" + run + "_" + Integer.toString(scenarios.incrementAndGet(), BASE);
        Values values = new Values(mark, scenario.texts());
        keepFreshIds(values);
        List<ServerSetting> before = scenario.restored().stream()
                .map(path -> ServerSetting.read(client, path))
                .toList();
        List<String> failures = new ArrayList<>();
        try {
            for (Step step : scenario.steps()) {
                step.expectation(level)
                        .ifPresent(expectation -> failure(step, expectation, values)
                                .ifPresent(failure -> failures.add("  line " + step.line() + failure)));
            }
        } finally {
            before.forEach(setting -> setting.restore(client));
        }
        return new Outcome(scenario, scenario.cases(level), failures);
    }

    private static void keepFreshIds(Values values) {
        List<String> names = List.of("fresh-id", "other-fresh-id");
        int first = ThreadLocalRandom.current().nextInt(LOWEST_FRESH_ID, HIGHEST_FRESH_ID);
        for (int i = 0; i < names.size(); i++) {
            values.keep(names.get(i), JsonNodeFactory.instance.numberNode(first + i));
        }
    }

    private Optional<String> failure(Step step, Expectation expectation, Values values) {
        Request request;
        try {
            request = step.request().filled(values);
        } catch (IllegalArgumentException e) {
            return Optional.of(" was not sent: " + e.getMessage());
        }
        Answer answer;
        try {
            answer = client.send(request);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return Optional.of("\n    sent  " + request + "\n    got   no answer: " + e);
        }
        List<String> differences = differences(step, expectation, answer, values);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("\n    sent  " + request + "\n    got   " + answer + "\n    where "
                        + String.join("\n          ", differences));
    }

    private static List<String> differences(Step step, Expectation expectation, Answer answer, Values values) {
        try {
            return expectation.differences(
                    answer, values, step.request().headers().keySet());
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    /** A setting of the whole server, as it was before a scenario. */
    private record ServerSetting(String path, Answer before) {
        static ServerSetting read(KitClient client, String path) {
            return new ServerSetting(path, client.send(new Request("GET", path, Map.of(), null)));
        }

        void restore(KitClient client) {
            client.send(new Request("DELETE", path, Map.of(), null));
            Answer now = client.send(new Request("GET", path, Map.of(), null));
            if (before.status() == 200 && !now.body().equals(before.body())) {
                String update = before.body().replace("\"compatibilityLevel\"", "\"compatibility\"");
                String forced = path.contains("/mode") ? path + "?force=true" : path;
                client.send(new Request("PUT", forced, Map.of(), new Request.Raw(update)));
            }
        }
    }
}
