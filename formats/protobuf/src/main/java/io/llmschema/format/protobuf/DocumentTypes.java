package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.model.RegistryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of a schema are made of: the messages of its file and of all that it imports, the names of their fields, and their
 * extensions.
 *
 * <p>Safe for several threads.
 */
final class DocumentTypes {
    /** The most messages that a refusal lists. */
    private static final int MAX_LISTED = 20;

    private final FileDescriptor file;
    private final FileMessages messages;
    private final Map<Descriptor, Map<Integer, FieldDescriptor>> extensions = new HashMap<>();
    private final Map<Descriptor, JsonNames> names = new ConcurrentHashMap<>();
    private final Set<Descriptor> demanding;

    DocumentTypes(FileDescriptor file) {
        this.file = file;
        this.messages = new FileMessages(file);
        List<Descriptor> all = new ArrayList<>();
        for (FileDescriptor reached : reached(file)) {
            FileMessages declared = new FileMessages(reached);
            declared.extensions().forEach(this::addExtension);
            reached.getMessageTypes().forEach(message -> addWithNested(message, all));
        }
        this.demanding = demanding(all);
    }

    /**
     * The message that a document is to be.
     *
     * @param fullName absent: the first one of the file
     */
    Descriptor message(@Nullable String fullName) {
        if (fullName != null) {
            return messages.find(fullName).orElseThrow(() -> unknown(fullName));
        }
        if (file.getMessageTypes().isEmpty()) {
            throw unknown("");
        }
        return file.getMessageTypes().getFirst();
    }

    /** The message of that name, in the file or in what it imports. */
    Optional<Descriptor> find(String fullName) {
        return messages.find(fullName);
    }

    /** The fields and extensions of a message by what they are called in JSON. */
    JsonNames namesOf(Descriptor message) {
        return names.computeIfAbsent(
                message,
                type -> new JsonNames(
                        type, extensions.getOrDefault(type, Map.of()).values()));
    }

    /** The field or extension of a message that has a number. */
    @Nullable
    FieldDescriptor field(Descriptor message, int number) {
        if (message.isExtensionNumber(number)) {
            Map<Integer, FieldDescriptor> known = extensions.get(message);
            return known == null ? null : known.get(number);
        }
        return message.findFieldByNumber(number);
    }

    /** Whether a message has fields that are required, or holds a message that has. */
    boolean isDemanding(Descriptor message) {
        return demanding.contains(message);
    }

    private void addExtension(FieldDescriptor extension) {
        extensions
                .computeIfAbsent(extension.getContainingType(), _ -> new HashMap<>())
                .putIfAbsent(extension.getNumber(), extension);
    }

    private static void addWithNested(Descriptor message, List<Descriptor> all) {
        all.add(message);
        message.getNestedTypes().forEach(nested -> addWithNested(nested, all));
    }

    private static Set<FileDescriptor> reached(FileDescriptor file) {
        Set<FileDescriptor> reached = new LinkedHashSet<>();
        Deque<FileDescriptor> waiting = new ArrayDeque<>(List.of(file));
        while (!waiting.isEmpty()) {
            FileDescriptor next = waiting.remove();
            if (reached.add(next)) {
                waiting.addAll(next.getDependencies());
            }
        }
        return reached;
    }

    /** Those with required fields, and from them back along the fields that hold them. */
    private Set<Descriptor> demanding(List<Descriptor> all) {
        Map<Descriptor, List<Descriptor>> holders = new HashMap<>();
        Set<Descriptor> demanding = new HashSet<>();
        Deque<Descriptor> waiting = new ArrayDeque<>();
        for (Descriptor message : all) {
            Collection<FieldDescriptor> extending =
                    extensions.getOrDefault(message, Map.of()).values();
            for (List<FieldDescriptor> fields : List.of(message.getFields(), List.copyOf(extending))) {
                for (FieldDescriptor field : fields) {
                    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                        holders.computeIfAbsent(field.getMessageType(), _ -> new ArrayList<>())
                                .add(message);
                    }
                }
            }
            if (message.getFields().stream().anyMatch(FieldDescriptor::isRequired)) {
                waiting.add(message);
            }
        }
        while (!waiting.isEmpty()) {
            Descriptor next = waiting.remove();
            if (demanding.add(next)) {
                waiting.addAll(holders.getOrDefault(next, List.of()));
            }
        }
        return demanding;
    }

    private RegistryException.InvalidValue unknown(String name) {
        List<String> declared =
                messages.declared().stream().map(Descriptor::getFullName).toList();
        if (!declared.isEmpty()) {
            return refusal(name, "the messages of the schema are " + listed(declared));
        }
        List<String> imported = reached(file).stream()
                .flatMap(reached -> reached.getMessageTypes().stream())
                .map(Descriptor::getFullName)
                .toList();
        return refusal(
                name,
                "the schema declares no message"
                        + (imported.isEmpty() ? "" : "; those that it imports are " + listed(imported)));
    }

    private static RegistryException.InvalidValue refusal(String name, String reason) {
        return new RegistryException.InvalidValue("message", name, reason);
    }

    private static String listed(List<String> names) {
        int others = names.size() - MAX_LISTED;
        return names.stream().limit(MAX_LISTED).map(Names::shortened).collect(Collectors.joining(", "))
                + (others > 0 ? " and " + others + " more" : "");
    }

    /**
     * The fields of a message by what they are called in JSON: by the key that the mapping gives them, by the name in the schema, and
     * extensions by their full name in brackets.
     */
    static final class JsonNames {
        private final Map<String, FieldDescriptor> fields = new HashMap<>();
        private final List<FieldDescriptor> required;

        private JsonNames(Descriptor message, Collection<FieldDescriptor> extensions) {
            extensions.forEach(extension -> fields.put("[" + extension.getFullName() + "]", extension));
            // Where two fields share a name, parsers take the later one.
            for (FieldDescriptor field : message.getFields()) {
                fields.put(field.getName(), field);
                fields.put(field.getJsonName(), field);
            }
            this.required = message.getFields().stream()
                    .filter(FieldDescriptor::isRequired)
                    .toList();
        }

        @Nullable
        FieldDescriptor field(String name) {
            return fields.get(name);
        }

        List<FieldDescriptor> required() {
            return required;
        }

        /** What the fields are called when they are written. */
        List<String> written() {
            return fields.values().stream()
                    .distinct()
                    .sorted((a, b) -> Integer.compare(a.getNumber(), b.getNumber()))
                    .map(JsonNames::keyOf)
                    .toList();
        }

        static String keyOf(FieldDescriptor field) {
            return field.isExtension() ? "[" + field.getFullName() + "]" : field.getJsonName();
        }
    }
}
