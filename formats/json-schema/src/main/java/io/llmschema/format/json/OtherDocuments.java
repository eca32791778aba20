package io.llmschema.format.json;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schemas outside a document that it may refer to: those given with it, and the metaschemas.
 *
 * <p>A given one is found by the name it is given under, or by an identifier that it or a part of it declares. They are read when
 * the first reference leaves the document. Used by one thread.
 */
final class OtherDocuments {
    private final UriReference base;
    private final List<ReferencedSchema> references;
    private @Nullable Map<String, Other> given;

    /** @param base what the names of the given schemas may be relative to */
    OtherDocuments(UriReference base, List<ReferencedSchema> references) {
        this.base = base;
        this.references = references;
    }

    /** A part of a document that a reference means. */
    record Other(SchemaDocument document, Resource resource) {}

    /**
     * What a reference means.
     *
     * @param written as it stands in the schema, without fragment
     * @param resolved against the base of the place where it stands
     */
    Optional<Other> find(String written, String resolved) {
        Map<String, Other> known = given;
        if (known == null) {
            known = read();
            given = known;
        }
        Other other = known.get(written);
        if (other == null) {
            other = known.get(resolved);
        }
        return other != null
                ? Optional.of(other)
                : Metaschemas.find(resolved).map(document -> new Other(document, document.root()));
    }

    private Map<String, Other> read() {
        Map<String, Other> byUri = new HashMap<>();
        Map<String, SchemaDocument> byName = new HashMap<>();
        for (ReferencedSchema reference : references) {
            if (SchemaText.decode(reference.content()) instanceof SchemaText.Readable(String text)
                    && JsonText.parse(text, SchemaFormat.MAX_DEPTH) instanceof JsonText.WellFormed(var root)) {
                byName.put(UriReference.withoutFragment(reference.name()), SchemaDocument.read(root));
            }
        }
        byName.forEach((name, document) -> byUri.put(name, new Other(document, document.root())));
        byName.forEach((name, document) -> byUri.putIfAbsent(
                base.resolve(UriReference.of(name)).toString(), new Other(document, document.root())));
        byName.values()
                .forEach(document -> document.resources()
                        .forEach((uri, resource) -> byUri.putIfAbsent(uri, new Other(document, resource))));
        return byUri;
    }
}
