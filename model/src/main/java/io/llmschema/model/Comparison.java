package io.llmschema.model;

/**
 * A schema compared with a version, in one direction.
 *
 * @param version the old one
 */
public record Comparison(SchemaSummary version, Direction direction, Judgement judgement) {
    /** Who reads and who writes. */
    public enum Direction {
        /** The new schema reads what the old one wrote. */
        BACKWARD,

        /** The old schema reads what the new one writes. */
        FORWARD
    }
}
