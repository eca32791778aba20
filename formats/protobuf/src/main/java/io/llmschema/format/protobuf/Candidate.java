package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;

/**
 * What is set in a message that may show an incompatibility.
 *
 * @param values by field, of a repeated field a list
 */
record Candidate(Map<FieldDescriptor, Object> values) {
    /** The message in which nothing is set. */
    static final Candidate EMPTY = new Candidate(Map.of());

    /** One value in the field, which may be repeated. */
    static Candidate of(FieldDescriptor field, Object value) {
        return new Candidate(Map.of(field, field.isRepeated() ? List.of(value) : value));
    }
}
