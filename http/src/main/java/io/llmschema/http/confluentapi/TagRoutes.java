package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.http.confluentapi.SchemaTagsEditor.Tagged;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.RequestedReference;
import io.llmschema.registry.SchemaRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code /subjects/{subject}/versions/{version}/tags}: a new version that says the same of data, with other tags or another contract. */
record TagRoutes(SchemaRegistry registry, SubjectNames names, Registrations registrations, SchemaOut out) {
    private static final String RULES_TO_MERGE = "rulesToMerge";
    private static final String RULES_TO_REMOVE = "rulesToRemove";

    Stream<Route> routes() {
        return Contexts.both(Route.post("/subjects/{subject}/versions/{version}/tags", this::tag));
    }

    private Answer tag(Request request) {
        Subject subject = names.of(request);
        VersionSelector version = Parameters.version(request);
        JsonNode body = Wish.body(request);
        Schema schema = registry.find(new SchemaKey.ByVersion(subject, version));
        Registered registered = registrations.register(wish(schema, body));
        return Replies.done(request, out.registered(registered.schema()));
    }

    private static Wish wish(Schema schema, JsonNode body) {
        SchemaSummary summary = schema.summary();
        Tagged tagged = SchemaTagsEditor.edited(
                summary.type(),
                schema.content(),
                contract(Contract.of(summary.metadata()), body),
                SchemaTags.readAll(body, "tagsToAdd"),
                SchemaTags.readAll(body, "tagsToRemove"));
        return new Wish(
                summary.subject(),
                summary.type(),
                tagged.content(),
                summary.references().stream().map(TagRoutes::same).toList(),
                tagged.contract().asGiven(),
                LenientObject.of(body)
                        .number("newVersion")
                        .filter(number -> number != 0)
                        .orElse(Wish.NEXT),
                null,
                false);
    }

    private static RequestedReference same(SchemaReference reference) {
        return new RequestedReference(
                reference.name(), reference.subject(), new VersionSelector.Exact(reference.version()));
    }

    /** What a contract is to be, from what it is. */
    private static Contract contract(Contract present, JsonNode body) {
        LenientObject object = LenientObject.of(body);
        Contract given = Contract.read(body);
        Optional<RuleSet> merged = object.object(RULES_TO_MERGE).map(RuleSet::readChecked);
        Set<String> removed = Set.copyOf(object.texts(RULES_TO_REMOVE));
        boolean changesRules = object.has(RULES_TO_MERGE) || object.has(RULES_TO_REMOVE);
        if (given.ruleSet() != null && changesRules) {
            throw RuleSetCheck.refusal("ruleSet should be omitted if specifying rulesToMerge or rulesToRemove");
        }
        RuleSet kept = present.rules().without(removed).with(merged.orElse(RuleSet.EMPTY));
        return new Contract(
                given.metadata() == null ? present.metadata() : given.metadata(),
                given.ruleSet() == null ? kept : given.ruleSet());
    }
}
