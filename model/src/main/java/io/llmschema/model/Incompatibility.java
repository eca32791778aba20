package io.llmschema.model;

/**
 * A difference between two schemas that keeps a reader with the one from reading what a writer with the other may have written.
 *
 * @param rule the kind of difference, a name for programs such as {@code property-became-required}
 * @param aspect the encoding in which it is one
 * @param readerPath the place in the reader's schema: a JSON Pointer (RFC 6901), in Protobuf a full name
 * @param writerPath the place in the writer's schema
 * @param message what differs, in a sentence
 * @param witness what the writer may have written and the reader does not accept
 */
public record Incompatibility(
        String rule, DataEncoding aspect, String readerPath, String writerPath, String message, Witness witness) {}
