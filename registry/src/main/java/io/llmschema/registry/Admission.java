package io.llmschema.registry;

import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.RegistryException.ContentTooLarge;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.storage.SchemaReader;
import java.util.function.Function;

/** What a text has to pass before it is taken for a schema: a look at its size, at what it refers to, and at the rules of its language. */
record Admission(SchemaFormats formats, RegistryLimits limits, Budget parsing) {
    /** How many times more memory a byte of a form other than a text takes, once it is read. */
    private static final int DENSITY = 4;

    /** Follows the references of a text that is not too large. */
    References resolve(UnresolvedSchema schema, SchemaReader reader) {
        int size = schema.content().size();
        if (size > limits.maxContentBytes()) {
            throw new ContentTooLarge(size, limits.maxContentBytes());
        }
        return References.resolve(schema, reader);
    }

    /** Parses a text, and makes of it what is needed while the budget is held: a tree is many times larger than its text. */
    <R> R parse(SchemaType type, SchemaSource source, Function<ParsedSchema, R> use) {
        return parsing.spend(
                bytes(source), () -> switch (formats.of(type).parse(source.content(), source.references())) {
                    case Parsed(ParsedSchema schema) -> use.apply(schema);
                    case Rejected(var violations) -> throw new InvalidSchema(type, violations);
                });
    }

    /** The text of what may be another form of the language; itself if it is not. Such forms are denser than texts. */
    SchemaContent textOf(SchemaType type, SchemaSource given) {
        return parsing.spend(bytes(given) * DENSITY, () -> formats.of(type).textOf(given))
                .map(SchemaContent::of)
                .orElse(given.content());
    }

    /** How many bytes a schema has with all that it refers to. */
    static long bytes(SchemaSource source) {
        return source.content().size()
                + source.references().stream()
                        .mapToLong(referenced -> referenced.content().size())
                        .sum();
    }
}
