package io.llmschema.http.confluentapi;

import static java.util.stream.Collectors.toSet;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /schemas}: versions of many subjects, with their schemas. */
record SchemaListRoutes(SchemaRegistry registry, SchemaReplies replies) {
    /** The most bytes that the schemas of one answer have together. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    Stream<Route> routes() {
        return Contexts.both(Route.get("/schemas", this::list));
    }

    private Answer list(Request request) {
        SubjectPrefix prefix = SubjectPrefix.of(request, "");
        SchemaFilter filter = new SchemaFilter(
                request.tenant(),
                null,
                prefix.stored(),
                Set.of(),
                Set.of(),
                null,
                List.of(),
                null,
                null,
                null,
                Parameters.flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE);
        Stream<SchemaSummary> all = Slice.all(page -> registry.list(filter, SchemaOrder.BY_ORDINAL, page))
                .filter(version -> prefix.includes(version.subject()));
        Stream<SchemaSummary> asked = Parameters.flag(request, "latestOnly") ? all.gather(lastOfEach()) : all;
        Optional<String> ruleType = request.query("ruleType");
        List<SchemaSummary> versions = Slice.of(request, Slice.MAX_SCHEMAS)
                .of(ruleType.isEmpty() ? asked : asked.filter(version -> hasRule(version, ruleType.get())));
        Aliases aliases = Parameters.flag(request, "aliases") ? aliases(versions, request) : Aliases.NONE;
        checkSize(versions, aliases);
        return Replies.read(
                request,
                out -> out.array(
                        versions, version -> replies.out().listed(out, view(version), aliases.of(version.subject()))));
    }

    private Aliases aliases(List<SchemaSummary> versions, Request request) {
        return Aliases.of(versions.stream().map(SchemaSummary::subject).collect(toSet()), request.tenant(), registry);
    }

    private SchemaView view(SchemaSummary version) {
        return SchemaView.of(registry.find(new SchemaKey.ById(version.id())));
    }

    /** Of the versions of each subject, which follow one another, the last. */
    private static Gatherer<SchemaSummary, ?, SchemaSummary> lastOfEach() {
        class Last {
            private @Nullable SchemaSummary version;

            private boolean isOf(Subject subject) {
                return version != null && version.subject().equals(subject);
            }
        }
        return Gatherer.<SchemaSummary, Last, SchemaSummary>ofSequential(
                Last::new,
                (last, version, downstream) -> {
                    SchemaSummary before = last.version;
                    boolean isWanted = before == null || last.isOf(version.subject()) || downstream.push(before);
                    last.version = version;
                    return isWanted;
                },
                (last, downstream) -> {
                    if (last.version != null) {
                        downstream.push(last.version);
                    }
                });
    }

    private static boolean hasRule(SchemaSummary version, String type) {
        RuleSet rules = Contract.of(version.metadata()).ruleSet();
        return rules != null
                && Stream.of(rules.migrationRules(), rules.domainRules(), rules.encodingRules())
                        .flatMap(List::stream)
                        .anyMatch(rule -> type.equals(rule.type()));
    }

    /** Refuses to answer with more than can be held at once. */
    private static void checkSize(List<SchemaSummary> versions, Aliases aliases) {
        long bytes = versions.stream()
                .mapToLong(version -> version.contentSize() + aliases.length(version.subject()))
                .sum();
        if (bytes > MAX_BYTES) {
            throw new ConfluentRefusal(
                    422,
                    422,
                    "the schemas have %,d bytes together, at most %,d are answered at once; ask for fewer with limit and offset"
                            .formatted(bytes, MAX_BYTES));
        }
    }
}
