package io.llmschema.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code search}: versions found by words. */
@Command(
        name = "search",
        description = {
            "Finds schemas by words in names, titles, descriptions and field names.",
            "Typing errors are forgiven; \"a phrase\", or and -not work as on the web. With --json one JSON object a"
                    + " line."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema search customer address",
            "  llmschema search 'invoice -draft' --type avro --all-versions",
            "  llmschema search --tag pii --sort newest --json"
        })
final class SearchCommand implements Callable<Integer> {
    private static final int MAX_FOUND = 10_000;
    private static final int DEFAULT_FOUND = 20;

    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORDS",
            description = "What to look for; without words all that passes the filters")
    private List<String> words = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only json, avro or protobuf; several with commas")
    private List<String> types = List.of();

    @Option(names = "--metadata", paramLabel = "JSON", description = "Only whose metadata contain this JSON object")
    private @Nullable String metadata;

    @Option(names = "--all-versions", description = "Not only the latest version of each subject")
    private boolean isAllVersions;

    @Option(names = "--sort", paramLabel = "ORDER", description = "relevance, subject or newest. Default: relevance")
    private @Nullable String sort;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_FOUND,
            description = "At most so many. Default: " + DEFAULT_FOUND)
    private int limit = DEFAULT_FOUND;

    SearchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_FOUND) {
            throw new CommandFailure(ExitCode.USAGE, "--limit is a number from 1 to " + MAX_FOUND);
        }
        words.stream().filter(word -> word.startsWith("--")).findFirst().ifPresent(option -> {
            throw new CommandFailure(ExitCode.USAGE, "unknown option " + option + "; see llmschema search --help");
        });
        Query query = filter.query()
                .with("q", String.join(" ", words))
                .withEach(
                        "type",
                        types.stream()
                                .map(type -> type.toUpperCase(Locale.ROOT))
                                .toList())
                .with("metadata", metadata)
                .with("scope", isAllVersions ? "all" : null)
                .with("sort", sort);
        try (RegistryClient client = connection.connect(Retries.none())) {
            List<JsonNode> found =
                    client.items(Paths.ROOT + "/search", query, limit).toList();
            if (connection.isJson()) {
                found.forEach(console.out()::println);
            } else {
                print(found);
            }
        }
        return ExitCode.OK.code();
    }

    private void print(List<JsonNode> found) {
        if (found.isEmpty()) {
            console.err().println("nothing found");
            return;
        }
        Table table = new Table(">SCORE", "SUBJECT", "VERSION", "TYPE", "STATE", "OWNER", "DESCRIPTION");
        for (JsonNode hit : found) {
            JsonNode schema = hit.path("schema");
            table.add(
                    String.format(Locale.ROOT, "%.2f", hit.path("score").asDouble(0)),
                    schema.path("subject").asString(""),
                    schema.path("version").asString(""),
                    schema.path("schemaType").asString(""),
                    Fields.state(schema),
                    schema.path("owner").asString("-"),
                    schema.path("description").asString("-"));
        }
        table.print(console.out());
    }
}
