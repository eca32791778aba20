package io.llmschema.format.protobuf;

/** What a field holds, as its author wrote it. */
sealed interface FieldType {
    Place place();

    /** A scalar, a message or an enum. */
    record Plain(Written name) implements FieldType {
        @Override
        public Place place() {
            return name.place();
        }
    }

    record MapOf(Place place, Written key, Written value) implements FieldType {}

    /** A field that declares its message on the spot. */
    record Group(Place place, Written name, Declaration.Body body) implements FieldType {}
}
