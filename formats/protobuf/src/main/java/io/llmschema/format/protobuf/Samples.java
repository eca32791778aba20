package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Small messages that a writer can write.
 *
 * <p>Not safe for several threads.
 */
final class Samples {
    /** The most messages that are put into one another because they are required. */
    private static final int MAX_DEPTH = 32;

    /** The most that a message may take, names included: fields that are required make messages grow exponentially. */
    private static final long MAX_WEIGHT = 64 * 1024;

    private static final int WEIGHT_OF_VALUE = 16;

    private final Map<Descriptor, Optional<Message>> smallest = new HashMap<>();
    private final Map<Descriptor, Long> weights = new HashMap<>();
    private final Set<Descriptor> inProgress = new HashSet<>();

    /** The message with nothing in it but what is required; empty if there is none, or only a large one. */
    Optional<Message> smallest(Descriptor type) {
        Optional<Message> known = smallest.get(type);
        if (known != null) {
            return known;
        }
        // What requires itself has no end.
        if (inProgress.size() >= MAX_DEPTH || !inProgress.add(type)) {
            return Optional.empty();
        }
        Optional<Message> message = complete(type, Candidate.EMPTY);
        inProgress.remove(type);
        weights.put(type, weightOfRequired(type));
        smallest.put(type, message);
        return message;
    }

    /** The message with nothing set but the candidate's values. */
    static Message alone(Descriptor type, Candidate candidate) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        candidate.values().forEach(builder::setField);
        return builder.buildPartial();
    }

    /** The same with what is required; empty if there is none, or only a large one. */
    Optional<Message> complete(Descriptor type, Candidate candidate) {
        Message.Builder builder = alone(type, candidate).toBuilder();
        long weight = 0;
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRequired() && !builder.hasField(field)) {
                Optional<Object> value = required(field);
                weight += weight(field);
                if (value.isEmpty() || weight > MAX_WEIGHT) {
                    return Optional.empty();
                }
                builder.setField(field, value.get());
            }
        }
        return Optional.of(builder.buildPartial());
    }

    private Optional<Object> required(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                ? smallest(field.getMessageType()).map(Object.class::cast)
                : Optional.of(field.getDefaultValue());
    }

    private long weightOfRequired(Descriptor type) {
        return type.getFields().stream()
                .filter(FieldDescriptor::isRequired)
                .mapToLong(this::weight)
                .sum();
    }

    private long weight(FieldDescriptor field) {
        long inside = field.getJavaType() == JavaType.MESSAGE ? weights.getOrDefault(field.getMessageType(), 0L) : 0;
        return field.getName().length() + WEIGHT_OF_VALUE + inside;
    }
}
