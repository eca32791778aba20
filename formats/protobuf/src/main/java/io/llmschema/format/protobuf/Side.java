package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of two files that are compared, seen from a place in it.
 *
 * @param path the full name of the place; of the file itself its package
 * @param message the message that the place is in; absent: the top of the file
 */
record Side(FileDescriptor file, String path, @Nullable Descriptor message) {
    static Side top(LinkedFile linked) {
        return new Side(linked.descriptor(), linked.file().packageText(), null);
    }

    /** The full name of something that is declared here. */
    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The inside of something that is declared here. */
    Side into(Declaration.Named declaration) {
        return into(declaration.name().text());
    }

    Side into(String name) {
        Descriptor nested = message == null ? file.findMessageTypeByName(name) : message.findNestedTypeByName(name);
        return new Side(file, pathOf(name), nested);
    }

    /** The types of a field that is declared here, with full names. */
    Optional<String> typeOf(Declaration.Field field) {
        return Optional.ofNullable(message)
                .map(around ->
                        around.findFieldByNumber(Math.toIntExact(field.number().value())))
                .filter(found -> found.getName().equals(field.name().text()))
                .map(Side::typeOf);
    }

    /** The type of an extension that is declared here, and what it extends, with full names. */
    Optional<String> typeOfExtension(Declaration.Field field) {
        return extension(field).map(Side::typeOf);
    }

    Optional<String> extendeeOf(Declaration.Field field) {
        return extension(field).map(found -> found.getContainingType().getFullName());
    }

    /** The types that a method of this service takes and answers, with full names. */
    List<String> typesOf(Declaration.Method method) {
        ServiceDescriptor around = file.findServiceByName(path.substring(path.lastIndexOf('.') + 1));
        MethodDescriptor found =
                around == null ? null : around.findMethodByName(method.name().text());
        return found == null
                ? List.of()
                : List.of(
                        found.getInputType().getFullName(),
                        found.getOutputType().getFullName());
    }

    private Optional<FieldDescriptor> extension(Declaration.Field field) {
        List<FieldDescriptor> declared = message == null ? file.getExtensions() : message.getExtensions();
        return declared.stream()
                .filter(found -> found.getName().equals(field.name().text()))
                .findFirst();
    }

    private static String typeOf(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map of " + typeOf(field.getMessageType().findFieldByNumber(1)) + " to "
                    + typeOf(field.getMessageType().findFieldByNumber(2));
        }
        String name = field.getJavaType() == JavaType.MESSAGE
                ? field.getMessageType().getFullName()
                : field.getJavaType() == JavaType.ENUM ? field.getEnumType().getFullName() : "";
        return field.getType() + " " + name;
    }
}
