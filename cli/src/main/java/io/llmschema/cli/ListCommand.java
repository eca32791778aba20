package io.llmschema.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code list}: the subjects, or the versions of one. */
@Command(
        name = "list",
        description = {
            "Lists the subjects, or the versions of one subject.",
            "With --json one JSON object a line, as the registry gives it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema list --prefix google/ --owner platform",
            "  llmschema list orders --deleted",
            "  llmschema list --json | jq -r .subject"
        })
final class ListCommand implements Callable<Integer> {
    /** The most that is listed without a --limit. */
    static final int MAX_LISTED = 100_000;

    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Parameters(arity = "0..1", paramLabel = "SUBJECT", description = "List its versions, in the order of registration")
    private @Nullable String subject;

    @Option(names = "--deleted", description = "Also what was deleted")
    private boolean isWithDeleted;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + MAX_LISTED,
            description = "At most so many. Default: all, up to " + MAX_LISTED)
    private int limit = MAX_LISTED;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--limit is a number from 1");
        }
        String path = subject == null ? Paths.ROOT + "/subjects" : Paths.versions(subject);
        Query query = filter.query().with("deleted", isWithDeleted ? "true" : null);
        try (RegistryClient client = connection.connect(Retries.none())) {
            // One more than wanted, to know whether the list was cut.
            List<JsonNode> items = client.items(path, query, limit + 1L).toList();
            print(items.subList(0, Math.min(limit, items.size())));
            if (items.size() > limit) {
                console.err().println("there are more; --limit N shows up to N");
            }
        }
        return ExitCode.OK.code();
    }

    private void print(List<JsonNode> items) {
        if (connection.isJson()) {
            items.forEach(console.out()::println);
        } else if (subject == null) {
            printSubjects(items);
        } else {
            printVersions(items);
        }
    }

    private void printSubjects(List<JsonNode> items) {
        Table table = new Table("SUBJECT", "LATEST", ">VERSIONS", "STATE", "OWNER", "TAGS");
        items.forEach(item -> table.add(
                item.path("subject").asString(""),
                item.path("latest").asString("-"),
                Units.count(item.path("versionCount").asLong(0)),
                Fields.state(item),
                item.path("owner").asString("-"),
                Fields.tags(item)));
        table.print(console.out());
    }

    private void printVersions(List<JsonNode> items) {
        Table table = new Table("VERSION", ">ORDINAL", "TYPE", "STATE", ">SIZE", "CREATED", "BY", "ID");
        items.forEach(item -> table.add(
                item.path("version").asString(""),
                item.path("ordinal").asString(""),
                item.path("schemaType").asString(""),
                Fields.state(item),
                Units.bytes(item.path("size").asLong(0)),
                item.path("createdAt").asString(""),
                item.path("createdBy").asString("-"),
                item.path("id").asString("")));
        table.print(console.out());
    }
}
