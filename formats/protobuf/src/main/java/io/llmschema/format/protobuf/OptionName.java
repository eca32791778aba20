package io.llmschema.format.protobuf;

/** One part of the name of an option: a field, or in parentheses an extension. */
record OptionName(String text, boolean isExtension, Place place) {
    @Override
    public String toString() {
        return isExtension ? "(" + text + ")" : text;
    }
}
