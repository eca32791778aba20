package io.llmschema.format.json;

import io.llmschema.format.json.ReferenceCheck.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds references that lead back to themselves without a step into the instance, on which a validator never ends.
 *
 * <p>Steps that stay on the same value and are always taken are {@code $ref} and {@code allOf}. Recursion through properties or items
 * ends with the instance, and through the other keywords it may end before; those are left alone.
 */
final class CircularReferences {
    private final SchemaDocument document;
    private final IdentityHashMap<JsonNode, Target> targets;
    private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JsonNode> onPath = Collections.newSetFromMap(new IdentityHashMap<>());

    private CircularReferences(SchemaDocument document, IdentityHashMap<JsonNode, Target> targets) {
        this.document = document;
        this.targets = targets;
    }

    /**
     * Reports each of them once.
     *
     * @param targets for each schema with a {@code $ref} what it means
     */
    static void report(SchemaDocument document, IdentityHashMap<JsonNode, Target> targets) {
        CircularReferences search = new CircularReferences(document, targets);
        document.sites().forEach(site -> search.searchFrom(site.schema()));
    }

    /** A schema on the path, and where it may lead next. */
    private record Step(JsonNode schema, Iterator<JsonNode> next) {}

    /** Depth first with a path of our own, since a chain of references is as long as its author likes. */
    private void searchFrom(JsonNode start) {
        Deque<Step> path = new ArrayDeque<>();
        enter(start, path);
        while (!path.isEmpty()) {
            Step step = path.getLast();
            if (!step.next.hasNext()) {
                path.removeLast();
                onPath.remove(step.schema);
                continue;
            }
            JsonNode next = step.next.next();
            if (onPath.contains(next)) {
                report(path);
            } else {
                enter(next, path);
            }
        }
    }

    private void enter(JsonNode schema, Deque<Step> path) {
        if (schema instanceof ObjectNode && done.add(schema)) {
            onPath.add(schema);
            path.addLast(new Step(schema, sameInstance(schema).iterator()));
        }
    }

    private List<JsonNode> sameInstance(JsonNode schema) {
        List<JsonNode> next = new ArrayList<>();
        Target target = targets.get(schema);
        if (target != null && target.document().equals(document)) {
            next.add(target.value());
        }
        boolean isOnlyReference =
                document.siteOf(schema).map(Site::isOnlyReference).orElse(true);
        if (!isOnlyReference) {
            schema.path("allOf").forEach(next::add);
        }
        return next;
    }

    /** At the last reference before the circle closes; every circle has one. */
    private void report(Deque<Step> path) {
        Iterator<Step> backwards = path.descendingIterator();
        JsonNode schema = backwards.next().schema;
        while (!targets.containsKey(schema)) {
            schema = backwards.next().schema;
        }
        document.siteOf(schema)
                .ifPresent(site -> document.report()
                        .add(
                                site.pointer().child("$ref"),
                                "the reference is circular: it leads back to itself without a step into the instance"));
    }
}
