package io.llmschema.format.avro;

import org.apache.avro.NameValidator;
import org.apache.avro.ParseContext;
import org.apache.avro.Schema;
import org.apache.avro.util.SchemaResolver;
import org.apache.avro.util.Schemas;

/**
 * The types that the library knows while it reads texts, resolved in one visit.
 *
 * <p>The library's own way visits all that is beneath each type, for each type: a text with thousands of records that use each other takes it
 * minutes.
 */
final class TypesOfOneVisit extends ParseContext {
    TypesOfOneVisit(NameValidator validator) {
        super(validator);
    }

    @Override
    public Schema resolve(Schema schema) {
        try {
            SchemaResolver.ResolvingVisitor visitor = new SchemaResolver.ResolvingVisitor(this::getNamedSchema);
            Void _ = Schemas.visit(schema, visitor);
            return visitor.getResolved(schema);
        } catch (StackOverflowError e) {
            // The visitor recurses where a type holds one that it has not met yet; not so if it takes the types one by
            // one.
            return super.resolve(schema);
        }
    }
}
