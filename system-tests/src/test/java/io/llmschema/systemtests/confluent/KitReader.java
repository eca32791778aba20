package io.llmschema.systemtests.confluent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One reading of a file of the kit, line by line. What a line may be is said in the kit's {@code README.md}. */
final class KitReader {
    private static final Pattern DEFINITION = Pattern.compile("(json|text) ([a-z][A-Za-z0-9-]*) =(.*)");
    private static final Pattern SCENARIO = Pattern.compile("Scenario: (.+)");
    private static final Pattern RESTORED = Pattern.compile("restore (/\\S+)");
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|DELETE|PATCH|HEAD) (/\\S*)((?: @\\S+)*)");
    private static final Pattern EXPECTATION = Pattern.compile("=> ([0-9]{3})((?: @\\S+)*)(?: (.*))?");
    private static final Pattern HEADER = Pattern.compile("([A-Z][A-Za-z-]*): (.*)");

    private final String file;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<ScenarioDraft> scenarios = new ArrayList<>();
    private @Nullable Definition definition;
    private @Nullable StepDraft step;

    /** A text that is being read. */
    private record Definition(String kind, String name, StringBuilder lines) {
        /** Without what the lines below the first are indented by. */
        String text() {
            String[] parts = lines.toString().split("\n", 2);
            return (parts[0].strip() + "\n" + parts[1].stripTrailing().stripIndent()).strip();
        }
    }

    private record ScenarioDraft(String name, int line, List<String> restored, List<StepDraft> steps) {}

    private record StepDraft(
            int line,
            String method,
            String path,
            Levels levels,
            Map<String, String> headers,
            StringBuilder body,
            List<ExpectationDraft> expectations) {}

    private record ExpectationDraft(
            int line, int status, Levels levels, Map<String, String> headers, StringBuilder body) {}

    private KitReader(String file) {
        this.file = file;
    }

    static Section read(Path file) {
        try {
            return read(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws an {@link IllegalArgumentException} that names the file and the line. */
    static Section read(String file, String content) {
        KitReader reader = new KitReader(file);
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int number = i + 1;
            reader.at(number, () -> reader.take(number, line));
        }
        reader.at(lines.size(), reader::endDefinition);
        return reader.section();
    }

    /** What a piece of work at a line returns; what goes wrong there is told with the place. */
    private <T> T at(int line, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException | JacksonException e) {
            throw new IllegalArgumentException(place(line) + ": " + e.getMessage(), e);
        }
    }

    private void at(int line, Runnable work) {
        at(line, () -> {
            work.run();
            return true;
        });
    }

    private String place(int line) {
        return file + ":" + line;
    }

    private void take(int number, String line) {
        if (definition != null && (line.isBlank() || line.startsWith(" "))) {
            definition.lines().append(line).append('\n');
            return;
        }
        endDefinition();
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (!isTaken(number, line.strip())) {
            throw new IllegalArgumentException("this is not understood: " + line);
        }
    }

    private boolean isTaken(int number, String line) {
        return opensDefinition(DEFINITION.matcher(line))
                || opensScenario(SCENARIO.matcher(line), number)
                || isRestored(RESTORED.matcher(line))
                || opensStep(REQUEST.matcher(line), number)
                || (step != null && belongsTo(step, number, line));
    }

    private boolean opensDefinition(Matcher found) {
        if (found.matches()) {
            definition = new Definition(found.group(1), found.group(2), new StringBuilder(found.group(3)).append('\n'));
        }
        return found.matches();
    }

    private boolean opensScenario(Matcher found, int number) {
        if (found.matches()) {
            scenarios.add(new ScenarioDraft(found.group(1), number, new ArrayList<>(), new ArrayList<>()));
            step = null;
        }
        return found.matches();
    }

    private boolean isRestored(Matcher found) {
        return found.matches() && scenario().restored().add(found.group(1));
    }

    private boolean opensStep(Matcher found, int number) {
        if (found.matches()) {
            step = new StepDraft(
                    number,
                    found.group(1),
                    found.group(2),
                    levels(found.group(3)),
                    new HashMap<>(),
                    new StringBuilder(),
                    new ArrayList<>());
            scenario().steps().add(step);
        }
        return found.matches();
    }

    private static boolean belongsTo(StepDraft step, int number, String line) {
        Matcher expectation = EXPECTATION.matcher(line);
        if (expectation.matches()) {
            return step.expectations()
                    .add(new ExpectationDraft(
                            number,
                            Integer.parseInt(expectation.group(1)),
                            levels(expectation.group(2)),
                            new HashMap<>(),
                            new StringBuilder(expectation.group(3) == null ? "" : expectation.group(3) + "\n")));
        }
        boolean isRequest = step.expectations().isEmpty();
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            (isRequest ? step.headers() : step.expectations().getLast().headers())
                    .put(header.group(1), header.group(2));
            return true;
        }
        (isRequest ? step.body() : step.expectations().getLast().body())
                .append(line)
                .append('\n');
        return true;
    }

    private static Levels levels(String conditions) {
        Levels levels = Levels.ALL;
        for (String condition : conditions.strip().split(" ")) {
            levels = condition.isEmpty() ? levels : levels.and(condition);
        }
        return levels;
    }

    private ScenarioDraft scenario() {
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("this stands in no scenario");
        }
        return scenarios.getLast();
    }

    private void endDefinition() {
        Definition ended = definition;
        if (ended == null) {
            return;
        }
        definition = null;
        String text =
                ended.kind().equals("json") ? KitJson.parsePlain(ended.text()).toString() : ended.text() + "\n";
        if (texts.put(ended.name(), text) != null) {
            throw new IllegalArgumentException("there are two texts named " + ended.name());
        }
    }

    private Section section() {
        String name = file.endsWith(".txt") ? file.substring(0, file.length() - ".txt".length()) : file;
        return new Section(name, scenarios.stream().map(this::finished).toList());
    }

    private Scenario finished(ScenarioDraft draft) {
        return new Scenario(
                draft.name(),
                place(draft.line()),
                texts,
                draft.restored(),
                draft.steps().stream().map(this::finished).toList());
    }

    private Step finished(StepDraft draft) {
        return at(
                draft.line(),
                () -> new Step(
                        draft.line(),
                        draft.levels(),
                        new Request(
                                draft.method(),
                                draft.path(),
                                draft.headers(),
                                KitBodies.ofRequest(draft.body().toString().strip())),
                        draft.expectations().stream().map(this::finished).toList()));
    }

    private Expectation finished(ExpectationDraft draft) {
        return at(
                draft.line(),
                () -> new Expectation(
                        draft.levels(),
                        draft.status(),
                        draft.headers(),
                        KitBodies.expected(
                                draft.status(), draft.body().toString().strip())));
    }
}
