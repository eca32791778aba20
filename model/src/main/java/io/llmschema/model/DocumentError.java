package io.llmschema.model;

/**
 * One thing that is wrong with a document, and where.
 *
 * @param instancePath the place in the document: a JSON Pointer (RFC 6901); of binary data the same for what was read of it
 * @param schemaPath the place of the rule in the schema: a JSON Pointer, in Protobuf a full name; into a schema that is referred to, its
 *     name, {@code #} and the place there
 * @param keyword the kind of rule, a name for programs: a keyword of JSON Schema, or in the other languages such as {@code type},
 *     {@code required}, {@code enum}; {@code syntax} if it could not be read at all
 * @param message what is wrong and what would be right, in a sentence
 */
public record DocumentError(String instancePath, String schemaPath, String keyword, String message) {
    /** The keyword of what is no document of the encoding at all. */
    public static final String SYNTAX = "syntax";
}
