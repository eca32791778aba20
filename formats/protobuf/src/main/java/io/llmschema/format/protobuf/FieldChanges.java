package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is suspicious about one field of a writer's message when it is read.
 *
 * <p>A field that the reader no longer has is no incompatibility in the wire format: its content is kept aside. Whether its number or
 * name is reserved makes no difference to what can be read; only when the number is given to another field is something read wrongly,
 * and that is seen by the types, or by the name if the reader still has it. A field with the same number and type and a new name
 * cannot be told from a renamed one, and is taken for that.
 */
final class FieldChanges {
    private final Encoding encoding;
    private final Sameness sameness;
    private final Candidates candidates;
    private final TypeChanges types;

    FieldChanges(Encoding encoding, Sameness sameness, Candidates candidates, TypeChanges types) {
        this.encoding = encoding;
        this.sameness = sameness;
        this.candidates = candidates;
        this.types = types;
    }

    List<Suspicion> of(FieldDescriptor field, MessagePair pair) {
        Optional<FieldDescriptor> namesake = encoding.namesake(field, pair.reader());
        Optional<FieldDescriptor> counterpart = encoding.counterpart(field, pair.reader());
        if (namesake.isPresent()) {
            return List.of(renumbered(field, namesake.get(), counterpart.isPresent()));
        }
        return counterpart.map(reader -> changes(field, reader)).orElseGet(() -> absent(field, pair));
    }

    private Suspicion renumbered(FieldDescriptor field, FieldDescriptor namesake, boolean isNumberReused) {
        String message = "field \"" + name(field) + "\" has the number " + field.getNumber()
                + " where it is written and " + namesake.getNumber() + " where it is read";
        return suspicion(
                isNumberReused ? "field-number-reused" : "field-renumbered",
                field,
                namesake.getFullName(),
                message,
                () -> candidates.of(field));
    }

    private List<Suspicion> absent(FieldDescriptor field, MessagePair pair) {
        if (encoding.dropsUnknownFields()) {
            return List.of();
        }
        FieldDescriptor renamed = pair.reader().findFieldByNumber(field.getNumber());
        String message = "field \"" + name(field) + "\" is "
                + (renamed == null ? "unknown" : "named \"" + name(renamed) + "\"") + " where it is read";
        return List.of(suspicion(
                renamed == null ? "field-removed" : "field-renamed",
                field,
                renamed == null ? pair.reader().getFullName() : renamed.getFullName(),
                message,
                () -> candidates.of(field)));
    }

    private List<Suspicion> changes(FieldDescriptor field, FieldDescriptor reader) {
        Cardinality written = Cardinality.of(field);
        Cardinality read = Cardinality.of(reader);
        if (!encoding.isReadable(written, read)) {
            String message = "field \"" + name(field) + "\" is " + written.word() + " where it is written and "
                    + read.word() + " where it is read";
            return List.of(
                    suspicion("label-changed", field, reader.getFullName(), message, () -> candidates.of(field)));
        }
        List<Suspicion> suspicions = new ArrayList<>();
        for (Position position : positions(field, reader)) {
            suspicions.addAll(types.of(position));
            suspicions.addAll(defaults(position));
        }
        return suspicions;
    }

    private static List<Position> positions(FieldDescriptor field, FieldDescriptor reader) {
        if (!field.isMapField() || !reader.isMapField()) {
            return List.of(new Position(field, reader, field, reader));
        }
        return field.getMessageType().getFields().stream()
                .map(part -> new Position(
                        field, reader, part, reader.getMessageType().findFieldByNumber(part.getNumber())))
                .toList();
    }

    /** A value that is not written because it is the default of its type becomes another one if the reader's default differs. */
    private List<Suspicion> defaults(Position position) {
        FieldDescriptor writer = position.writer();
        FieldDescriptor reader = position.reader();
        if (!encoding.leavesOutDefault(writer)
                || reader.isRepeated()
                || reader.getJavaType() == JavaType.MESSAGE
                || !encoding.isReadable(writer, reader)) {
            return List.of();
        }
        Encoding.Element written = new Encoding.Element(writer, writer.getDefaultValue());
        Encoding.Element read = new Encoding.Element(reader, reader.getDefaultValue());
        if (sameness.isSameDefault(written, read)) {
            return List.of();
        }
        String message = "field \"" + name(position.field()) + "\" is not written when it is " + ShownValue.of(written)
                + ", and is then read as " + ShownValue.of(read);
        return List.of(suspicion(
                "default-value-changed",
                position.field(),
                position.readerField().getFullName(),
                message,
                () -> List.of(position.isInEntry() ? Candidates.emptyEntry(position.field()) : Candidate.EMPTY)));
    }

    private Suspicion suspicion(
            String rule,
            FieldDescriptor field,
            String readerPath,
            String message,
            Supplier<List<Candidate>> candidates) {
        return new Suspicion(
                rule,
                readerPath,
                field.getFullName(),
                message,
                candidates,
                (written, read) -> sameness.difference(field, written, read));
    }

    private static String name(FieldDescriptor field) {
        return Names.shortened(field.getName());
    }
}
