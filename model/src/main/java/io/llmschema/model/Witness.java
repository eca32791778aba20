package io.llmschema.model;

/**
 * An instance that one schema accepts and another one does not: the proof that they differ.
 *
 * <p>It was run through the validators of both before it was shown.
 *
 * @param mediaType how the instance is written: {@link #JSON}, or {@link #BINARY} for bytes in base64
 * @param document the instance
 * @param refusal what the schema that does not accept it says, in a sentence
 */
public record Witness(String mediaType, String document, String refusal) {
    public static final String JSON = "application/json";
    public static final String BINARY = "application/octet-stream;base64";
}
