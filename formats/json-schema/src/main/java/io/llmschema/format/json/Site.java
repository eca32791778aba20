package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An object that is a schema, with what its place gives it. */
record Site(ObjectNode schema, Pointer pointer, Draft draft, Resource resource) {
    /** A keyword that refers to another schema, as it is written. */
    record Reference(Site site, String keyword, String text) {
        Pointer pointer() {
            return site.pointer.child(keyword);
        }

        String withoutFragment() {
            return UriReference.withoutFragment(text);
        }

        /** Empty where there is none, which means the same as an empty one. */
        String fragment() {
            int hash = text.indexOf('#');
            return hash < 0 ? "" : text.substring(hash + 1);
        }
    }

    List<Reference> references() {
        return draft.referenceKeywords().stream()
                .filter(keyword -> schema.path(keyword).isString())
                .map(keyword ->
                        new Reference(this, keyword, schema.path(keyword).stringValue()))
                .toList();
    }

    boolean isOnlyReference() {
        return draft.refStandsAlone() && schema.path("$ref").isString();
    }
}
