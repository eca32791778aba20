package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.llmschema.model.Undecided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The enums of a file that no message of the file holds.
 *
 * <p>Nothing is written with them alone, so nothing proves that a change of theirs is an incompatibility; but files that import this
 * one may well hold them, and it would be a guess to call the change harmless.
 */
final class UnheldEnums {
    private final FileMessages reader;
    private final FileMessages writer;

    UnheldEnums(FileMessages reader, FileMessages writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Those with values that the reader does not have by the same name and number. */
    List<Undecided> changes() {
        Set<EnumDescriptor> held = held(writer.declared());
        List<Undecided> changes = new ArrayList<>();
        for (EnumDescriptor enumeration : writer.declaredEnums()) {
            if (!held.contains(enumeration)) {
                change(enumeration)
                        .map(reason -> undecided(enumeration, reason))
                        .ifPresent(changes::add);
            }
        }
        return changes;
    }

    private Optional<String> change(EnumDescriptor enumeration) {
        Optional<EnumDescriptor> namesake = reader.findEnum(enumeration.getFullName());
        if (namesake.isEmpty()) {
            return Optional.of("is unknown where it is read");
        }
        return enumeration.getValues().stream()
                .filter(value -> !isSame(value, namesake.get().findValueByName(value.getName())))
                .findFirst()
                .map(value -> "has a value " + Names.shortened(value.getName()) + " (" + value.getNumber()
                        + ") that is not the same where it is read");
    }

    private static boolean isSame(EnumValueDescriptor value, @Nullable EnumValueDescriptor namesake) {
        return namesake != null && namesake.getNumber() == value.getNumber();
    }

    private static Undecided undecided(EnumDescriptor enumeration, String reason) {
        String name = enumeration.getFullName();
        return new Undecided(
                name, name, "enum \"" + Names.shortened(name) + "\" " + reason + "; no message of the file holds it");
    }

    private static Set<EnumDescriptor> held(Collection<Descriptor> messages) {
        Set<EnumDescriptor> held = new HashSet<>();
        for (Descriptor message : messages) {
            message.getFields().forEach(field -> {
                if (field.isMapField()) {
                    held.addAll(held(List.of(field.getMessageType())));
                } else if (field.getJavaType() == JavaType.ENUM) {
                    held.add(field.getEnumType());
                }
            });
        }
        return held;
    }
}
