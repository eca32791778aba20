package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is suspicious about the types of the values of a field when they are read.
 *
 * <p>Not safe for several threads.
 */
final class TypeChanges {
    /** The most values of an enum that are tried or named; one is enough to prove that they cannot be read. */
    private static final int MAX_VALUES = 5;

    /** The writer's and the reader's enum, and what else decides which values are lost. */
    private record EnumPair(EnumDescriptor writer, EnumDescriptor reader, boolean isOpen, boolean isZeroLeftOut) {}

    private final Map<EnumPair, Map<String, List<EnumValueDescriptor>>> lostByRule = new HashMap<>();
    private final Encoding encoding;
    private final Sameness sameness;
    private final Candidates candidates;
    private final Steps steps;
    private final Consumer<MessagePair> messages;

    /** @param messages is told which messages have to be compared too */
    TypeChanges(
            Encoding encoding, Sameness sameness, Candidates candidates, Steps steps, Consumer<MessagePair> messages) {
        this.encoding = encoding;
        this.sameness = sameness;
        this.candidates = candidates;
        this.steps = steps;
        this.messages = messages;
    }

    List<Suspicion> of(Position position) {
        FieldDescriptor writer = position.writer();
        FieldDescriptor reader = position.reader();
        if (!encoding.isReadable(writer, reader)) {
            return List.of(changed(position));
        }
        if (writer.getJavaType() == JavaType.MESSAGE && reader.getJavaType() == JavaType.MESSAGE) {
            if (encoding.hasFields(writer.getMessageType()) && encoding.hasFields(reader.getMessageType())) {
                messages.accept(new MessagePair(writer.getMessageType(), reader.getMessageType()));
            }
        } else if (writer.getJavaType() == JavaType.ENUM && reader.getJavaType() == JavaType.ENUM) {
            return valuesLost(position);
        }
        return List.of();
    }

    private Suspicion changed(Position position) {
        String message = position.words() + " is written as " + TypeNames.of(position.writer()) + " and read as "
                + TypeNames.of(position.reader());
        return suspicion(rule(position), position, message, () -> candidates.of(position.field(), position.writer()));
    }

    private String rule(Position position) {
        boolean areMessages = position.writer().getJavaType() == JavaType.MESSAGE
                && position.reader().getJavaType() == JavaType.MESSAGE
                && position.writer().getType() != position.reader().getType();
        if (areMessages) {
            return "message-encoding-changed";
        }
        boolean isSameName =
                position.field().getName().equals(position.readerField().getName());
        return isSameName || !encoding.dropsUnknownFields() ? "field-type-changed" : "field-number-reused";
    }

    private List<Suspicion> valuesLost(Position position) {
        EnumPair pair = new EnumPair(
                position.writer().getEnumType(),
                position.reader().getEnumType(),
                EnumReading.isOpen(position.reader()),
                encoding.leavesOutDefault(position.writer()));
        List<Suspicion> suspicions = new ArrayList<>();
        lostByRule
                .computeIfAbsent(pair, _ -> valuesLost(pair, position.reader()))
                .forEach((rule, values) -> suspicions.add(lost(rule, values, position)));
        return suspicions;
    }

    private Map<String, List<EnumValueDescriptor>> valuesLost(EnumPair pair, FieldDescriptor reader) {
        Map<String, List<EnumValueDescriptor>> byRule = new LinkedHashMap<>();
        namesByNumber(pair.writer()).forEach((number, names) -> {
            EnumReading reading = new EnumReading(number, names, reader);
            // What is not written is compared as a default value.
            boolean isWritten = number != 0 || !pair.isZeroLeftOut();
            if (isWritten && !encoding.isReadable(reading)) {
                byRule.computeIfAbsent(rule(reading), _ -> new ArrayList<>())
                        .add(pair.writer().findValueByNumber(number));
            }
        });
        return byRule;
    }

    private Map<Integer, List<String>> namesByNumber(EnumDescriptor enumeration) {
        steps.spend(enumeration.getValues().size());
        Map<Integer, List<String>> names = new LinkedHashMap<>();
        for (EnumValueDescriptor value : enumeration.getValues()) {
            names.computeIfAbsent(value.getNumber(), _ -> new ArrayList<>()).add(value.getName());
        }
        return names;
    }

    private String rule(EnumReading reading) {
        if (!encoding.dropsUnknownFields()) {
            return reading.isNumberKnown() ? "enum-value-renamed" : "enum-value-removed";
        }
        return reading.isRenumbered() ? "enum-value-renumbered" : "enum-value-removed";
    }

    private Suspicion lost(String rule, List<EnumValueDescriptor> values, Position position) {
        List<String> names = values.stream()
                .limit(MAX_VALUES)
                .map(value -> Names.shortened(value.getName()) + " (" + value.getNumber() + ")")
                .toList();
        int others = values.size() - names.size();
        String message = position.words() + " can have values that " + TypeNames.of(position.reader())
                + " does not have as such: " + String.join(", ", names)
                + (others > 0 ? " and " + others + " more" : "");
        return suspicion(
                rule,
                position,
                message,
                () -> values.stream()
                        .limit(MAX_VALUES)
                        .flatMap(value -> candidates.of(position.field(), position.writer(), value).stream())
                        .toList());
    }

    private Suspicion suspicion(String rule, Position position, String message, Supplier<List<Candidate>> candidates) {
        return new Suspicion(
                rule,
                position.readerField().getFullName(),
                position.field().getFullName(),
                message,
                candidates,
                (written, read) -> sameness.difference(position.field(), written, read));
    }
}
