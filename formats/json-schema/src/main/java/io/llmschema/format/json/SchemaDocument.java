package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON value read as a schema: where in it schemas stand, which of them have names, and what violates the metaschema.
 *
 * <p>Only what stands where the draft in force has a schema is one; the same words in an {@code enum} or {@code default} are data. A
 * value elsewhere becomes a schema when a reference leads to it ({@link #readAt}). Used by one thread while it is read.
 */
final class SchemaDocument {
    /** The most parts with an identifier of their own. Each costs a URI; real bundles have hundreds. */
    private static final int MAX_RESOURCES = 10_000;

    private static final int MAX_URI_LENGTH = 2_000;

    /** What the metaschema says, and what else is wrong; only the first has a say in which draft this is. */
    private final Report misshapen = new Report();

    private final Report report = new Report();
    private final ShapeCheck shapes = new ShapeCheck(misshapen);
    private final Resource root;
    private final Map<String, Resource> resources = new HashMap<>();
    private final IdentityHashMap<JsonNode, Site> sites = new IdentityHashMap<>();
    private final List<Site> sitesInOrder = new ArrayList<>();
    private final Set<JsonNode> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int sitesByPlace;

    private SchemaDocument(JsonNode value, Draft draft) {
        this.root = new Resource(UriReference.of(""), value, Pointer.ROOT, draft);
        resources.put("", root);
        read(value, Pointer.ROOT, draft, root, true);
        sitesByPlace = sitesInOrder.size();
    }

    /**
     * Reads a value as a schema of the draft that it names, or else of the newest draft whose metaschema accepts it.
     *
     * <p>Where it names no known draft and none accepts it, the document is read as of the newest.
     */
    static SchemaDocument read(JsonNode value) {
        JsonNode name = value.path("$schema");
        Optional<Draft> named = name.isString() ? Draft.named(name.stringValue()) : Optional.empty();
        if (named.isPresent()) {
            return new SchemaDocument(value, named.get());
        }
        return Draft.NEWEST_FIRST.stream()
                .map(draft -> new SchemaDocument(value, draft))
                .filter(document -> document.misshapen.isEmpty())
                .findFirst()
                .orElseGet(() -> new SchemaDocument(value, Draft.NEWEST_FIRST.getFirst()));
    }

    /** Where violations go that are found by following references. */
    Report report() {
        return report;
    }

    List<Violation> violations() {
        return Stream.concat(misshapen.violations().stream(), report.violations().stream())
                .toList();
    }

    /** The document as a whole, by its own identifier where it has one. */
    Resource root() {
        return siteOf(root.root()).map(Site::resource).orElse(root);
    }

    /** The schemas found so far, each after those that contain it. Grows while it is gone through by index. */
    List<Site> sites() {
        return Collections.unmodifiableList(sitesInOrder);
    }

    Optional<Site> siteOf(JsonNode value) {
        return Optional.ofNullable(sites.get(value));
    }

    /** Whether some were found only because a reference leads to them: they may be data to a schema around them, or have data that are schemas. */
    boolean hasSitesByReference() {
        return sitesInOrder.size() > sitesByPlace;
    }

    /** The document itself or a part of it with an identifier. */
    Optional<Resource> resource(String uri) {
        return Optional.ofNullable(resources.get(uri));
    }

    /** The document and its parts by their identifiers. */
    Map<String, Resource> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** Reads a value that only a reference makes a schema, in the draft and resource of the schema around it. */
    void readAt(JsonNode value, Pointer pointer, Draft draft, Resource resource) {
        read(value, pointer, draft, resource, true);
    }

    /**
     * Recursive, since the text's depth is bounded.
     *
     * @param counts whether the value is a schema; beside a {@code $ref} that stands alone the metaschema still wants the right
     *     shapes, but nothing there has a name or refers to anything
     */
    private void read(JsonNode value, Pointer at, Draft outerDraft, Resource outer, boolean counts) {
        if (!(value instanceof ObjectNode schema)) {
            if (!value.isBoolean()) {
                misshapen.add(at, "a schema is " + kinds(outerDraft) + ", not " + ShapeCheck.describe(value));
            } else if (!outerDraft.hasBooleanSchemas()) {
                misshapen.add(at, "a schema is an object in this draft, not a boolean");
            }
            return;
        }
        boolean isNew = checked.add(schema);
        boolean isNewSite = counts && !sites.containsKey(schema);
        if (!isNew && !isNewSite) {
            return;
        }
        Draft draft = draftOf(schema, at, outerDraft);
        Site site = new Site(schema, at, draft, outer);
        boolean standsAlone = site.isOnlyReference();
        if (isNewSite) {
            site = new Site(schema, at, draft, standsAlone ? outer : resourceOf(schema, at, draft, outer));
            sites.put(schema, site);
            sitesInOrder.add(site);
            if (!standsAlone) {
                anchors(site);
            }
        }
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            Shape shape = Keywords.of(draft).get(entry.getKey());
            if (shape != null) {
                Pointer pointer = at.child(entry.getKey());
                if (isNew) {
                    shapes.check(entry.getKey(), shape, entry.getValue(), pointer);
                }
                subschemas(shape, entry.getValue(), pointer, site, counts && !standsAlone);
            }
        }
        if (isNew && draft == Draft.DRAFT_04) {
            limitsComeInPairs(schema, at);
        }
    }

    private static String kinds(Draft draft) {
        return draft.hasBooleanSchemas() ? "an object or a boolean" : "an object";
    }

    /** A part with an identifier may be written in another draft than the whole. */
    private static Draft draftOf(ObjectNode schema, Pointer at, Draft outer) {
        JsonNode name = schema.path("$schema");
        if (at.depth() == 0 || !name.isString()) {
            return outer;
        }
        return Draft.named(name.stringValue())
                .filter(draft -> schema.path(draft.idKeyword()).isString())
                .orElse(outer);
    }

    private Resource resourceOf(ObjectNode schema, Pointer at, Draft draft, Resource outer) {
        JsonNode id = schema.path(draft.idKeyword());
        if (!id.isString() || id.stringValue().startsWith("#")) {
            return outer;
        }
        Pointer pointer = at.child(draft.idKeyword());
        UriReference base = outer.base().resolve(UriReference.of(id.stringValue()));
        String uri = base.toString();
        if (uri.length() > MAX_URI_LENGTH) {
            report.add(pointer, "the identifier has more than " + MAX_URI_LENGTH + " characters");
            return outer;
        }
        if (resources.size() > MAX_RESOURCES) {
            report.add(pointer, "more than " + MAX_RESOURCES + " parts of the schema have identifiers");
            return outer;
        }
        Resource resource = new Resource(base, schema, at, draft);
        // Of two with one name the first counts; validators differ, and none of the drafts forbids it.
        resources.putIfAbsent(uri, resource);
        return resource;
    }

    private static void anchors(Site site) {
        ObjectNode schema = site.schema();
        Map<String, JsonNode> anchors = site.resource().anchors();
        JsonNode id = schema.path(site.draft().idKeyword());
        if (site.draft().idFragmentsAreAnchors() && id.isString()) {
            int hash = id.stringValue().indexOf('#');
            if (hash >= 0 && hash < id.stringValue().length() - 1) {
                anchors.putIfAbsent(id.stringValue().substring(hash + 1), schema);
            }
        }
        for (String keyword : site.draft().anchorKeywords()) {
            if (schema.path(keyword).isString()) {
                anchors.putIfAbsent(schema.path(keyword).stringValue(), schema);
            }
        }
    }

    private void subschemas(Shape shape, JsonNode value, Pointer at, Site site, boolean counts) {
        switch (shape) {
            case SCHEMA -> subschema(value, at, site, counts);
            case BOOLEAN_OR_SCHEMA -> {
                if (value.isObject()) {
                    subschema(value, at, site, counts);
                }
            }
            case SCHEMA_OR_SCHEMAS -> {
                if (value.isArray()) {
                    elements(value, at, site, counts);
                } else {
                    subschema(value, at, site, counts);
                }
            }
            case SCHEMAS -> {
                if (value.isArray()) {
                    elements(value, at, site, counts);
                }
            }
            case SCHEMAS_BY_NAME, SCHEMAS_BY_PATTERN -> {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    subschema(entry.getValue(), at.child(entry.getKey()), site, counts);
                }
            }
            case SCHEMAS_OR_NAMES_BY_NAME, SCHEMAS_OR_SOME_NAMES_BY_NAME -> {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    if (!entry.getValue().isArray()) {
                        subschema(entry.getValue(), at.child(entry.getKey()), site, counts);
                    }
                }
            }
            case NAMES,
                    SOME_NAMES,
                    NAMES_BY_NAME,
                    TYPES,
                    VALUES,
                    SOME_DISTINCT_VALUES,
                    STRING,
                    URI_WITHOUT_FRAGMENT,
                    ANCHOR,
                    REGEX,
                    BOOLEAN,
                    NUMBER,
                    POSITIVE_NUMBER,
                    COUNT,
                    VOCABULARIES -> {}
        }
    }

    private void elements(JsonNode value, Pointer at, Site site, boolean counts) {
        for (int i = 0; i < value.size(); i++) {
            subschema(value.get(i), at.child(i), site, counts);
        }
    }

    private void subschema(JsonNode value, Pointer at, Site site, boolean counts) {
        read(value, at, site.draft(), site.resource(), counts);
    }

    private void limitsComeInPairs(ObjectNode schema, Pointer at) {
        for (String limit : List.of("maximum", "minimum")) {
            String exclusive = limit.equals("maximum") ? "exclusiveMaximum" : "exclusiveMinimum";
            if (schema.has(exclusive) && !schema.has(limit)) {
                misshapen.add(at, "'" + exclusive + "' needs a '" + limit + "' beside it in this draft");
            }
        }
    }
}
