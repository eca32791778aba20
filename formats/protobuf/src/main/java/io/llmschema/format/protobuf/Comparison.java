package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares two files, in every encoding.
 *
 * <p>What a message of the writer's file is read as is the message of the same full name in the reader's file, or in what that one
 * imports; what a field holds is read as what the reader's field holds, whatever its name. What {@link Sameness} says is the meaning
 * of reading.
 *
 * <p>A writer is taken to write valid texts, of enums the values that are declared, no fields that its schema does not have, and
 * messages no deeper in one another than parsers read by default. The contents of {@code google.protobuf.Any} are not looked at, and
 * extensions, which the JSON mapping does not have, are not compared: where they differ nothing is known.
 */
final class Comparison {
    private static final String OPTIONS = "Options";
    private static final String LANGUAGE = "google.protobuf.";

    private final FileMessages reader;
    private final FileMessages writer;

    Comparison(FileDescriptor reader, FileDescriptor writer) {
        this.reader = new FileMessages(reader);
        this.writer = new FileMessages(writer);
    }

    Judgement judge(long maxSteps) {
        List<Incompatibility> incompatibilities = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>(extensions());
        undecided.addAll(new UnheldEnums(reader, writer).changes());
        for (Encoding encoding : List.of(new BinaryEncoding(), new JsonEncoding())) {
            Findings findings = compare(new MessageComparison(encoding, new Steps(maxSteps)));
            incompatibilities.addAll(findings.incompatibilities());
            undecided.addAll(findings.undecided());
        }
        return new Judgement(incompatibilities, undecided);
    }

    private Findings compare(MessageComparison comparison) {
        for (Descriptor message : writer.declared()) {
            reader.find(message.getFullName())
                    .ifPresentOrElse(
                            namesake -> comparison.addNamesakes(new MessagePair(message, namesake)),
                            () -> comparison.addRemoved(message));
        }
        return comparison.run();
    }

    /** Extensions of messages that are not the same on both sides; those of options are never written. */
    private List<Undecided> extensions() {
        return writer.extensions().stream()
                .filter(extension -> !isOption(extension))
                .filter(extension -> !isSame(extension))
                .map(extension -> new Undecided(
                        extension.getFullName(),
                        extension.getFullName(),
                        "the extension is not the same on both sides"))
                .toList();
    }

    private static boolean isOption(FieldDescriptor extension) {
        String extended = extension.getContainingType().getFullName();
        return extended.startsWith(LANGUAGE) && extended.endsWith(OPTIONS);
    }

    private boolean isSame(FieldDescriptor extension) {
        Optional<FieldDescriptor> namesake = reader.extensions().stream()
                .filter(other -> other.getFullName().equals(extension.getFullName()))
                .findFirst();
        return namesake.isPresent()
                && isDeclaredAlike(extension, namesake.get())
                && namesake.get()
                        .getContainingType()
                        .getFullName()
                        .equals(extension.getContainingType().getFullName())
                && isSameType(extension, namesake.get());
    }

    /** Whether the declarations differ in nothing but options that leave the data as it is. */
    private static boolean isDeclaredAlike(FieldDescriptor extension, FieldDescriptor other) {
        return other.toProto().toBuilder()
                        .clearOptions()
                        .build()
                        .equals(extension.toProto().toBuilder().clearOptions().build())
                && other.getType() == extension.getType()
                && other.isPacked() == extension.isPacked()
                && other.hasPresence() == extension.hasPresence()
                && other.needsUtf8Check() == extension.needsUtf8Check()
                && other.legacyEnumFieldTreatedAsClosed() == extension.legacyEnumFieldTreatedAsClosed();
    }

    private static boolean hasSameValues(EnumDescriptor enumeration, EnumDescriptor other) {
        return enumeration.isClosed() == other.isClosed() && values(enumeration).equals(values(other));
    }

    private static List<String> values(EnumDescriptor enumeration) {
        return enumeration.getValues().stream()
                .map(value -> value.getNumber() + " " + value.getName())
                .sorted()
                .toList();
    }

    /** Whether the types, which have the same name, are the same, or are compared anyway as messages of the files. */
    private boolean isSameType(FieldDescriptor extension, FieldDescriptor other) {
        return switch (extension.getJavaType()) {
            case MESSAGE ->
                extension.getMessageType().equals(other.getMessageType())
                        || writer.declared().contains(extension.getMessageType());
            case ENUM -> hasSameValues(extension.getEnumType(), other.getEnumType());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> true;
        };
    }
}
