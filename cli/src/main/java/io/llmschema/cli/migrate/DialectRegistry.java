package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Wire.Answer;
import io.llmschema.cli.migrate.Wire.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A running registry that speaks the dialect: ours or Confluent's, of any release. What it will not do is a {@link Refusal}. */
public final class DialectRegistry implements RegistryView {
    /** Names asked for at a time. */
    static final int PAGE_SIZE = 1_000;

    /** Whole schemas asked for at a time; each may be large. */
    static final int SCHEMA_PAGE_SIZE = 100;

    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int ALREADY_DELETED = 40_406;
    private static final String DEFAULT_CONTEXT = ".";
    private static final String SUBJECTS = "subjects";
    private static final String VERSIONS = "versions";
    private static final String SCHEMAS = "schemas";
    private static final String CONFIG = "config";
    private static final String MODE = "mode";
    private static final String PREFIX = "subjectPrefix";
    private static final String OF_ALL_CONTEXTS = ":*:";
    private static final String DELETED = "deleted";
    private static final String YES = "true";

    private final Wire wire;
    private final List<String> unlisted;

    /** @param unlisted names that may have settings though no list has them, for there are no versions under them */
    public DialectRegistry(Wire wire, List<String> unlisted) {
        this.wire = wire;
        this.unlisted = List.copyOf(unlisted);
    }

    @Override
    public Listing listing() {
        Request subjects = Request.of("GET", SUBJECTS).with(PREFIX, OF_ALL_CONTEXTS);
        List<String> all = texts(items(subjects.with(DELETED, YES), PAGE_SIZE));
        Set<String> live = new HashSet<>(texts(items(subjects, PAGE_SIZE)));
        SortedMap<String, ListedSubject> listed = new TreeMap<>();
        Stream.concat(unlisted.stream(), aliases().stream())
                .forEach(name -> listed.put(name, new ListedSubject(name, false, false)));
        all.forEach(name -> listed.put(name, new ListedSubject(name, true, live.contains(name))));
        return new Listing(scopes(), listed);
    }

    private List<String> scopes() {
        List<String> scopes = new ArrayList<>(List.of(GLOBAL, ALL_CONTEXTS));
        texts(items(Request.of("GET", "contexts"), PAGE_SIZE)).stream()
                .filter(context -> !context.equals(DEFAULT_CONTEXT))
                .map(context -> ":" + context + ":")
                .forEach(scopes::add);
        return scopes;
    }

    /** Names that stand for other subjects need not be subjects themselves. */
    private List<String> aliases() {
        Request latest = Request.of("GET", SCHEMAS)
                .with(PREFIX, OF_ALL_CONTEXTS)
                .with("aliases", YES)
                .with("latestOnly", YES);
        return items(latest, SCHEMA_PAGE_SIZE).stream()
                .flatMap(schema -> texts(List.copyOf(schema.path("aliases").values())).stream())
                .toList();
    }

    private static List<String> texts(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::asString).toList();
    }

    /** Page after page; of a release that does not know pages, all at once, and of one that does not know the list, nothing. */
    private List<JsonNode> items(Request list, int pageSize) {
        List<JsonNode> items = new ArrayList<>();
        List<JsonNode> page = List.of();
        do {
            Request request = list.with("offset", String.valueOf(items.size())).with("limit", String.valueOf(pageSize));
            List<JsonNode> next =
                    ask(request).map(found -> List.copyOf(found.values())).orElse(List.of());
            if (next.equals(page)) {
                break;
            }
            page = next;
            items.addAll(page);
        } while (page.size() == pageSize);
        return items;
    }

    @Override
    public Map<Integer, Boolean> versions(ListedSubject subject) {
        Map<Integer, Boolean> versions = new TreeMap<>();
        Request list = Request.of("GET", SUBJECTS, subject.name(), VERSIONS);
        numbers(list.with(DELETED, YES)).forEach(number -> versions.put(number, true));
        // One that has no live version is not to be asked for them: it could be looked for in other contexts.
        if (subject.isLive()) {
            numbers(list).forEach(number -> versions.put(number, false));
        }
        return versions;
    }

    private List<Integer> numbers(Request list) {
        return items(list, PAGE_SIZE).stream().map(JsonNode::asInt).toList();
    }

    @Override
    public Optional<SchemaDocument> version(VersionKey key) {
        return ask(version("GET", key).with(DELETED, YES)).map(SchemaDocument::new);
    }

    private static Request version(String method, VersionKey key) {
        return Request.of(method, SUBJECTS, key.subject(), VERSIONS, String.valueOf(key.version()));
    }

    @Override
    public Settings settings(String scope) {
        @Nullable
        ObjectNode config = setting(CONFIG, scope).map(JsonNode::asObject).orElse(null);
        @Nullable
        String mode =
                setting(MODE, scope).map(found -> found.path(MODE).asString("")).orElse(null);
        return new Settings(config, mode);
    }

    private Optional<JsonNode> setting(String name, String scope) {
        try {
            return ask(of("GET", name, scope));
        } catch (Refusal refusal) {
            // A release without settings for all contexts takes that for a wrong name.
            if (scope.equals(ALL_CONTEXTS) && refusal.code() / 100 == INVALID) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static Request of(String method, String name, String scope) {
        return scope.equals(GLOBAL) ? Request.of(method, name) : Request.of(method, name, scope);
    }

    /** Registers a version under its own numbers; its subject must be in mode IMPORT. */
    void register(SchemaDocument version) {
        require(Request.of("POST", SUBJECTS, version.key().subject(), VERSIONS).with(version.registration()));
    }

    /** Deletes a version softly; one that is deleted already stays so, as where the answer to an earlier request was lost. */
    void delete(VersionKey key) {
        try {
            require(version("DELETE", key));
        } catch (Refusal refusal) {
            if (refusal.code() != ALREADY_DELETED) {
                throw refusal;
            }
        }
    }

    void setConfig(String scope, ObjectNode wish) {
        require(of("PUT", CONFIG, scope).with(wish));
    }

    void removeConfig(String scope) {
        ask(of("DELETE", CONFIG, scope));
    }

    void setMode(String scope, String mode) {
        // Without force, versions could not be imported where there are some.
        require(of("PUT", MODE, scope)
                .with("force", YES)
                .with(JsonNodeFactory.instance.objectNode().put(MODE, mode)));
    }

    void removeMode(String scope) {
        ask(of("DELETE", MODE, scope));
    }

    private JsonNode require(Request request) {
        Answer answer = wire.send(request);
        if (!answer.isGood()) {
            throw Refusal.of(answer);
        }
        return answer.body();
    }

    /** Empty if it is not there. */
    private Optional<JsonNode> ask(Request request) {
        Answer answer = wire.send(request);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isGood()) {
            throw Refusal.of(answer);
        }
        return Optional.of(answer.body());
    }
}
