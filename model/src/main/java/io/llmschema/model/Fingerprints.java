package io.llmschema.model;

/**
 * The three hashes of a schema, each blind to a little more.
 *
 * @param raw of the bytes as they came: equal means byte for byte equal
 * @param canonical of the canonical form with the author's key order: blind to white space and spelling
 * @param unordered of the canonical form with sorted keys: blind to key order as well
 */
public record Fingerprints(Fingerprint raw, Fingerprint canonical, Fingerprint unordered) {}
