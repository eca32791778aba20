package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Locale;

/** How often a field can be there. */
enum Cardinality {
    SINGULAR,
    REPEATED,
    MAP;

    static Cardinality of(FieldDescriptor field) {
        if (field.isMapField()) {
            return MAP;
        }
        return field.isRepeated() ? REPEATED : SINGULAR;
    }

    String word() {
        return this == MAP ? "a map" : name().toLowerCase(Locale.ROOT);
    }
}
