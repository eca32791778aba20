package io.llmschema.model;

/**
 * A schema's use of another one of the same tenant.
 *
 * @param name how the text names it: a {@code $ref} without its fragment, an Avro full name, a Protobuf import path; 1 to
 *     {@value #MAX_NAME_LENGTH} characters
 * @param subject the subject that holds it
 * @param version the version meant, for ever
 */
public record SchemaReference(String name, Subject subject, Version version) {
    public static final int MAX_NAME_LENGTH = 1_000;

    public SchemaReference {
        Text.check("reference-name", name, 1, MAX_NAME_LENGTH);
    }

    @Override
    public String toString() {
        return "'" + name + "' (subject '" + subject + "', version " + version + ")";
    }
}
