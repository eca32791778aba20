package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;

/**
 * A place for single values in both messages: in a field, or in the keys or values of a map.
 *
 * @param field the writer's
 * @param readerField the reader's
 * @param writer the same field, or the key or value of its entries
 * @param reader likewise
 */
record Position(FieldDescriptor field, FieldDescriptor readerField, FieldDescriptor writer, FieldDescriptor reader) {
    boolean isInEntry() {
        return !writer.equals(field);
    }

    /** The place in a sentence. */
    String words() {
        String name = "field \"" + Names.shortened(field.getName()) + "\"";
        return isInEntry() ? "the " + writer.getName() + " of " + name : name;
    }
}
