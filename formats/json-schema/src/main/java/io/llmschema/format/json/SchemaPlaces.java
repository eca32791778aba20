package io.llmschema.format.json;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.path.NodePath;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.JsonText;
import io.llmschema.json.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where in a schema, or in what it refers to, the library says that a rule stands. Immutable. */
final class SchemaPlaces {
    /** A document or a part of one that has an identifier. */
    private record Origin(String name, JsonNode document, Pointer pointer) {}

    /**
     * A place in a document.
     *
     * @param name under which the schema refers to the document; empty for the schema itself
     */
    record SchemaPlace(String name, Optional<JsonNode> document, Pointer pointer) {
        SchemaPlace parent() {
            return new SchemaPlace(name, document, SchemaPlaces.parent(pointer));
        }

        SchemaPlace child(String step) {
            return new SchemaPlace(name, document, pointer.child(step));
        }

        Optional<JsonNode> value() {
            return document.map(root -> root.at(pointer.toString())).filter(value -> !value.isMissingNode());
        }

        @Override
        public String toString() {
            String text = pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
            return name.isEmpty() ? text : name + "#" + text;
        }
    }

    private final Map<String, Origin> origins = new HashMap<>();

    SchemaPlaces(JsonNode root, SchemaDocument document, List<ReferencedSchema> references) {
        String base = LibraryValidator.base(root, document.root().draft());
        UriReference baseUri = UriReference.of(base);
        origins.put(base, new Origin("", root, Pointer.ROOT));
        addResources(baseUri, "", root, document);
        for (ReferencedSchema reference : references) {
            if (SchemaText.decode(reference.content()) instanceof SchemaText.Readable(String text)
                    && JsonText.parse(text, SchemaFormat.MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode other)) {
                String name = UriReference.withoutFragment(reference.name());
                UriReference resolved = baseUri.resolve(UriReference.of(name));
                origins.putIfAbsent(resolved.toString(), new Origin(name, other, Pointer.ROOT));
                origins.putIfAbsent(name, new Origin(name, other, Pointer.ROOT));
                addResources(resolved, name, other, SchemaDocument.read(other));
            }
        }
    }

    private void addResources(UriReference base, String name, JsonNode root, SchemaDocument document) {
        document.resources()
                .forEach((uri, resource) -> origins.putIfAbsent(
                        base.resolve(UriReference.of(uri)).toString(), new Origin(name, root, resource.pointer())));
    }

    SchemaPlace of(SchemaLocation location) {
        String iri = location.getAbsoluteIri() == null
                ? ""
                : location.getAbsoluteIri().toString();
        Origin origin = origins.get(iri);
        return origin == null
                ? new SchemaPlace(iri, Optional.empty(), pointer(location.getFragment()))
                : new SchemaPlace(
                        origin.name, Optional.of(origin.document), extended(origin.pointer, location.getFragment()));
    }

    static Pointer pointer(NodePath path) {
        return extended(Pointer.ROOT, path);
    }

    private static Pointer extended(Pointer start, NodePath path) {
        Pointer pointer = start;
        for (Object step : steps(path)) {
            pointer = step instanceof Integer index ? pointer.child(index) : pointer.child(step.toString());
        }
        return pointer;
    }

    /** The names and indexes that a path consists of. */
    static List<Object> steps(NodePath path) {
        Deque<Object> steps = new ArrayDeque<>();
        for (NodePath at = path; at != null && at.getParent() != null; at = at.getParent()) {
            steps.addFirst(at.getElement(-1));
        }
        return List.copyOf(steps);
    }

    private static Pointer parent(Pointer pointer) {
        String text = pointer.toString();
        int slash = text.lastIndexOf('/');
        Pointer parent = Pointer.ROOT;
        if (slash > 0) {
            for (String step : text.substring(1, slash).split("/", -1)) {
                parent = parent.child(Pointer.unescape(step));
            }
        }
        return parent;
    }
}
