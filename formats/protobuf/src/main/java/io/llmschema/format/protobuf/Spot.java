package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** Where in a message a value stands, as far as the schema knows it: what it is called in a sentence, and where its rule is. */
sealed interface Spot {
    /** The beginning of a sentence about the value. */
    String words();

    /** The full name of what the schema says about it. */
    String schemaPath();

    /** The document itself, or the content of an {@code Any}. */
    record Whole(Descriptor type) implements Spot {
        @Override
        public String words() {
            return "a message " + Names.shortened(type.getFullName());
        }

        @Override
        public String schemaPath() {
            return type.getFullName();
        }
    }

    /** The value of a field. */
    record Single(FieldDescriptor field) implements Spot {
        @Override
        public String words() {
            return "the field '" + Names.shortened(DocumentTypes.JsonNames.keyOf(field)) + "'";
        }

        @Override
        public String schemaPath() {
            return field.getFullName();
        }
    }

    /** One of the values of a repeated field. */
    record Element(FieldDescriptor field) implements Spot {
        @Override
        public String words() {
            return "each value of '" + Names.shortened(DocumentTypes.JsonNames.keyOf(field)) + "'";
        }

        @Override
        public String schemaPath() {
            return field.getFullName();
        }
    }

    /** A key or value of a map. */
    record InMap(FieldDescriptor map, boolean isKey) implements Spot {
        @Override
        public String words() {
            return "each " + (isKey ? "key" : "value") + " of the map '"
                    + Names.shortened(DocumentTypes.JsonNames.keyOf(map)) + "'";
        }

        @Override
        public String schemaPath() {
            return map.getFullName();
        }
    }
}
