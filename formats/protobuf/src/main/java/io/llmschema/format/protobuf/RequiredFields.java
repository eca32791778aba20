package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.llmschema.model.DocumentReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of its required fields a message has, and the messages in it.
 *
 * <p>A message that is there several times where it can be once is one message, put together from its parts; and one of a oneof is gone
 * once another is set. So what is missing is known only at the end.
 */
final class RequiredFields {
    /** A required field that a message does not have. */
    record Missing(FieldDescriptor field, WirePath path, int offset) {}

    private final List<FieldDescriptor> required;
    private final WirePath path;
    private final int offset;
    private final Set<FieldDescriptor> present = new HashSet<>();
    private final Map<FieldDescriptor, List<RequiredFields>> inside = new HashMap<>();
    private final Map<OneofDescriptor, FieldDescriptor> chosen = new HashMap<>();

    /**
     * @param required those that the message has to have
     * @param offset where the message begins
     */
    RequiredFields(List<FieldDescriptor> required, WirePath path, int offset) {
        this.required = required;
        this.path = path;
        this.offset = offset;
    }

    /** Notes that a field has a value. */
    void set(FieldDescriptor field) {
        if (field.isRequired()) {
            present.add(field);
        }
        OneofDescriptor oneof = field.getContainingOneof();
        if (oneof != null) {
            FieldDescriptor before = chosen.put(oneof, field);
            if (before != null && !before.equals(field)) {
                inside.remove(before);
            }
        }
    }

    /** The message that a field has already, to which further parts of it are added; null if there is none. */
    @Nullable
    RequiredFields begun(FieldDescriptor field) {
        List<RequiredFields> messages = field.isRepeated() ? null : inside.get(field);
        return messages == null ? null : messages.getFirst();
    }

    /** Adds a message that a field holds. Of a repeated one it is whole now; if it lacks nothing, it need not be kept. */
    void add(FieldDescriptor field, RequiredFields message) {
        if (!field.isRepeated() || message.isIncomplete()) {
            inside.computeIfAbsent(field, _ -> new ArrayList<>()).add(message);
        }
    }

    /** Adds what is missing to a list, until that is longer than what a report lists. */
    void collect(List<Missing> missing) {
        if (present.size() < required.size()) {
            for (FieldDescriptor field : required) {
                if (missing.size() > DocumentReport.MAX_ERRORS) {
                    return;
                }
                if (!present.contains(field)) {
                    missing.add(new Missing(field, path, offset));
                }
            }
        }
        inside.values().forEach(messages -> messages.forEach(message -> message.collect(missing)));
    }

    private boolean isIncomplete() {
        return present.size() < required.size()
                || inside.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().isRepeated()
                                || entry.getValue().getFirst().isIncomplete());
    }
}
