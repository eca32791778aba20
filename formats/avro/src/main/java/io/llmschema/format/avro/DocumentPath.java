package io.llmschema.format.avro;

import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where a walk over a document is. Nothing is written out unless somebody asks. For one thread. */
final class DocumentPath {
    private static final int LONGEST_NAME = 100;

    private final List<Step> steps = new ArrayList<>();

    /** A step into a value. */
    sealed interface Step {
        record IntoField(String name) implements Step {}

        record IntoValue(String key) implements Step {}

        /** A key of binary data, whose text nobody may ever ask for. */
        record IntoValueAt(byte[] document, int start, int length) implements Step {
            String key() {
                return new String(document, start, length, StandardCharsets.UTF_8);
            }
        }

        record IntoItem(long index) implements Step {}

        /** Within a union, into the object that names the branch. */
        record IntoBranch(String label) implements Step {}
    }

    void enter(Step step) {
        steps.add(step);
    }

    void leave() {
        steps.removeLast();
    }

    int depth() {
        return steps.size();
    }

    /** In JSON; of binary data, where it would be in the JSON encoding. */
    String pointer() {
        Pointer pointer = Pointer.ROOT;
        for (Step step : steps) {
            pointer = pointer.child(
                    switch (step) {
                        case Step.IntoField(String name) -> name;
                        case Step.IntoValue(String key) -> key;
                        case Step.IntoValueAt at -> at.key();
                        case Step.IntoItem(long index) -> Long.toString(index);
                        case Step.IntoBranch(String label) -> label;
                    });
        }
        return pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
    }

    /** What a sentence about the value here begins with. */
    String subject() {
        for (Step step : steps.reversed()) {
            switch (step) {
                case Step.IntoField(String name) -> {
                    return "the field '" + Wording.cut(name, LONGEST_NAME) + "'";
                }
                case Step.IntoValue(String key) -> {
                    return ofKey(key);
                }
                case Step.IntoValueAt at -> {
                    return ofKey(at.key());
                }
                case Step.IntoItem(long index) -> {
                    return "the item at index " + index;
                }
                case Step.IntoBranch _ -> {
                    // It is still the value that the union stands for.
                }
            }
        }
        return "the document";
    }

    private static String ofKey(String key) {
        return "the value of the key '" + Wording.cut(key, LONGEST_NAME) + "'";
    }
}
