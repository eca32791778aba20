package io.llmschema.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that narrow a list. */
final class FilterOptions {
    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only subjects whose name begins so")
    private @Nullable String prefix;

    @Option(
            names = "--state",
            paramLabel = "STAGE",
            split = ",",
            description = "Only DRAFT, ACTIVE, DEPRECATED or ARCHIVED; several with commas")
    private List<String> states = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag; repeated: with all of them")
    private List<String> tags = List.of();

    @Option(names = "--owner", paramLabel = "NAME", description = "Only of this owner")
    private @Nullable String owner;

    Query query() {
        return new Query()
                .with("prefix", prefix)
                .withEach("state", states)
                .withEach("tag", tags)
                .with("owner", owner);
    }
}
