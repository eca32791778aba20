package io.llmschema.format.json;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How large a schema is in the validator library, which makes a copy of each place that something refers to.
 *
 * <p>Places within one another make copies of copies: a schema of a megabyte, nested in two hundred definitions that are all referred to, would
 * take gigabytes.
 */
final class UnfoldedSize {
    /** The most values in all copies together; each takes a few hundred bytes. */
    private static final long MAX_VALUES = 3_000_000;

    private final IdentityHashMap<JsonNode, Integer> sizes = new IdentityHashMap<>();
    private long values;

    private UnfoldedSize() {}

    /** @throws TooHard it is too large */
    static void check(SchemaDocument document, List<ReferencedSchema> references) {
        UnfoldedSize size = new UnfoldedSize();
        OtherDocuments others = new OtherDocuments(document.root().base(), references);
        size.add(document, others);
        for (ReferencedSchema reference : references) {
            if (SchemaText.decode(reference.content()) instanceof SchemaText.Readable(String text)
                    && JsonText.parse(text, SchemaFormat.MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)) {
                size.add(SchemaDocument.read(root), others);
            }
        }
    }

    private void add(SchemaDocument document, OtherDocuments others) {
        Set<JsonNode> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        new ReferenceCheck(document, others).run().values().forEach(target -> targets.add(target.value()));
        for (JsonNode target : targets) {
            values += sizeOf(target);
            if (values > MAX_VALUES) {
                throw new TooHard("its references unfold the schema to more than " + MAX_VALUES + " values");
            }
        }
    }

    /** Recursive, as the depth of schemas is bounded. */
    private int sizeOf(JsonNode value) {
        if (!value.isContainer()) {
            return 1;
        }
        Integer known = sizes.get(value);
        if (known != null) {
            return known;
        }
        int size = 1;
        for (JsonNode part : value) {
            size += sizeOf(part);
        }
        sizes.put(value, size);
        return size;
    }
}
