package io.llmschema.model;

/**
 * The int32 identity of one content inside a tenant, as Kafka's wire format carries it.
 *
 * <p>Versions of different subjects with the same type, bytes, references and distinction share it. Positive; taken from a sequence, so numbers
 * may be left out, unless an import gave it.
 */
public record GlobalId(TenantId tenant, int value) {
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
