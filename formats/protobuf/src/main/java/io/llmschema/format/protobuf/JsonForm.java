package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.Optional;

/** How the JSON mapping writes a message that it does not write as an object with its fields. */
sealed interface JsonForm {
    /** As the value of its only field. */
    record Wrapper(FieldDescriptor field) implements JsonForm {}

    /** In a form of its own. */
    enum Special implements JsonForm {
        ANY,
        TIMESTAMP,
        DURATION,
        FIELD_MASK,
        STRUCT,
        LIST_VALUE,
        VALUE
    }

    Map<String, Special> SPECIALS = Map.of(
            "google.protobuf.Any", Special.ANY,
            "google.protobuf.Timestamp", Special.TIMESTAMP,
            "google.protobuf.Duration", Special.DURATION,
            "google.protobuf.FieldMask", Special.FIELD_MASK,
            "google.protobuf.Struct", Special.STRUCT,
            "google.protobuf.ListValue", Special.LIST_VALUE,
            "google.protobuf.Value", Special.VALUE);

    /** The form of a message; empty if it is an object with its fields. */
    static Optional<JsonForm> of(Descriptor message) {
        Special special = SPECIALS.get(message.getFullName());
        return special != null
                ? Optional.of(special)
                : WellKnownTypes.wrapped(message).map(Wrapper::new);
    }
}
