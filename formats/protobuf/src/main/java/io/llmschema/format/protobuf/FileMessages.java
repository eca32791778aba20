package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The messages and enums of a file by their full names, those of its imports, and its extensions. */
final class FileMessages {
    private record Types(Map<String, Descriptor> messages, Map<String, EnumDescriptor> enums) {
        Types() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(FileDescriptor file) {
            file.getEnumTypes().forEach(this::add);
            Deque<Descriptor> waiting = new ArrayDeque<>(file.getMessageTypes());
            while (!waiting.isEmpty()) {
                Descriptor message = waiting.remove();
                if (!message.getOptions().getMapEntry()) {
                    messages.put(message.getFullName(), message);
                    message.getEnumTypes().forEach(this::add);
                    waiting.addAll(message.getNestedTypes());
                }
            }
        }

        private void add(EnumDescriptor enumeration) {
            enums.put(enumeration.getFullName(), enumeration);
        }
    }

    private final FileDescriptor file;
    private final Types declared = new Types();
    private final Once<Types> imported = new Once<>(this::findImported);

    FileMessages(FileDescriptor file) {
        this.file = file;
        declared.add(file);
    }

    /** The messages that are declared in the file, but for the entries of maps. */
    Collection<Descriptor> declared() {
        return declared.messages.values();
    }

    /** The enums that are declared in the file. */
    Collection<EnumDescriptor> declaredEnums() {
        return declared.enums.values();
    }

    /** The extensions that are declared in the file. */
    List<FieldDescriptor> extensions() {
        List<FieldDescriptor> extensions = new ArrayList<>(file.getExtensions());
        declared().forEach(message -> extensions.addAll(message.getExtensions()));
        return extensions;
    }

    /** The message of that name in the file or in what it imports. */
    Optional<Descriptor> find(String fullName) {
        Descriptor here = declared.messages.get(fullName);
        return Optional.ofNullable(here == null ? imported.get().messages.get(fullName) : here);
    }

    /** The enum of that name in the file or in what it imports. */
    Optional<EnumDescriptor> findEnum(String fullName) {
        EnumDescriptor here = declared.enums.get(fullName);
        return Optional.ofNullable(here == null ? imported.get().enums.get(fullName) : here);
    }

    private Types findImported() {
        Types types = new Types();
        Set<FileDescriptor> seen = new HashSet<>();
        Deque<FileDescriptor> waiting = new ArrayDeque<>(file.getDependencies());
        while (!waiting.isEmpty()) {
            FileDescriptor next = waiting.remove();
            if (seen.add(next)) {
                types.add(next);
                waiting.addAll(next.getDependencies());
            }
        }
        return types;
    }
}
