package io.llmschema.format.avro;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * A schema as the library has it.
 *
 * @param referenced the full names of the types that its references define
 */
record LoadedSchema(Schema schema, Set<String> referenced) {
    LoadedSchema {
        referenced = Set.copyOf(referenced);
    }

    /** A parser as strict as this room is. */
    static Schema.Parser newParser() {
        return new Schema.Parser(new TypesOfOneVisit(NameValidator.STRICT_VALIDATOR)).setValidateDefaults(true);
    }

    /**
     * @throws RuntimeException if it is none that {@link AvroFormat#parse} accepts; of many kinds, as the library has
     * them
     */
    static LoadedSchema of(SchemaSource source) {
        Schema.Parser parser = newParser();
        for (ReferencedSchema reference : source.references()) {
            parser.parse(reference.content().text());
        }
        Set<String> referenced = Set.copyOf(parser.getTypes().keySet());
        return new LoadedSchema(parseContent(source, parser), referenced);
    }

    /** @param parser one that has read the references */
    static Schema parseContent(SchemaSource source, Schema.Parser parser) {
        return switch (SchemaText.decode(source.content())) {
            case SchemaText.Readable(String text) -> parser.parse(text);
            case SchemaText.Unreadable(var violation) -> throw new IllegalArgumentException(violation.reason());
        };
    }
}
