package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import io.llmschema.format.protobuf.Declaration.Body;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fields, messages and extensions of a message, or of a file, in an order in which every message has the index that the descriptor gives it.
 *
 * <p>Data name messages by their index. Maps and groups declare messages too, so what stands before and after those stands before and after the field.
 */
final class MemberReader {
    private final List<DescriptorProto> messages;
    private final FieldReader fields;
    private final Function<DescriptorProto, Declaration> declared;

    /** Where each message is in the descriptor, by its name. */
    private final Map<String, Integer> indexes = new HashMap<>();

    /** Those that a field or an extension declares. */
    private final Set<Integer> made = new HashSet<>();

    /** The extensions that declare messages, by the index of the message. */
    private final Map<Integer, FieldDescriptorProto> makers = new HashMap<>();

    private final Deque<FieldDescriptorProto> extensions;
    private final List<Declaration> members = new ArrayList<>();

    /** Extensions that are next to stand together, because they follow one another and extend the same message. */
    private final List<Declaration.Field> together = new ArrayList<>();

    private String extendee = "";
    private int nextMessage;

    private MemberReader(
            List<DescriptorProto> messages,
            List<FieldDescriptorProto> extensions,
            FieldReader fields,
            Function<DescriptorProto, Declaration> declared) {
        this.messages = messages;
        this.extensions = new ArrayDeque<>(extensions);
        this.fields = fields;
        this.declared = declared;
        for (int i = 0; i < messages.size(); i++) {
            if (indexes.put(messages.get(i).getName(), i) != null) {
                throw new Inexpressible("two messages have the same name");
            }
        }
    }

    /** @param declared a message that is declared by itself */
    static List<Declaration> ofFile(
            List<DescriptorProto> messages,
            List<FieldDescriptorProto> extensions,
            FieldReader fields,
            Function<DescriptorProto, Declaration> declared) {
        return new MemberReader(messages, extensions, fields, declared).read(List.of(), List.of());
    }

    /** @param declared a message that is declared by itself inside the other one */
    static List<Declaration> ofMessage(
            DescriptorProto message, FieldReader fields, Function<DescriptorProto, Declaration> declared) {
        return new MemberReader(message.getNestedTypeList(), message.getExtensionList(), fields, declared)
                .read(message.getFieldList(), message.getOneofDeclList());
    }

    private List<Declaration> read(List<FieldDescriptorProto> own, List<OneofDescriptorProto> oneofs) {
        own.forEach(this::claim);
        claimForExtensions();
        Map<Integer, List<FieldDescriptorProto>> alternatives = alternatives(own);
        for (FieldDescriptorProto field : own) {
            if (!isInOneof(field)) {
                members.add(read(field));
                continue;
            }
            List<FieldDescriptorProto> choice = alternatives.remove(field.getOneofIndex());
            if (choice != null) {
                members.add(oneof(oneof(field, oneofs), choice));
            }
        }
        addMessagesBefore(messages.size());
        while (!extensions.isEmpty()) {
            addExtension(extensions.remove());
        }
        endExtensions();
        return List.copyOf(members);
    }

    /** A message that a field declares is declared by no other: what could be written twice could be written without end. */
    private @Nullable Integer claim(FieldDescriptorProto field) {
        Integer index = indexOfMade(field);
        if (index != null && !made.add(index)) {
            throw new Inexpressible("two fields declare the same message");
        }
        return index;
    }

    private void claimForExtensions() {
        int last = -1;
        for (FieldDescriptorProto extension : extensions) {
            Integer index = claim(extension);
            if (index == null) {
                continue;
            }
            if (index < last) {
                throw new Inexpressible("extensions declare their messages in the order in which they stand");
            }
            makers.put(index, extension);
            last = index;
        }
    }

    private @Nullable Integer indexOfMade(FieldDescriptorProto field) {
        if (field.getType() == FieldDescriptorProto.Type.TYPE_GROUP) {
            String name = field.getTypeName().substring(field.getTypeName().lastIndexOf('.') + 1);
            Integer index = indexes.get(name);
            if (index == null) {
                throw new Inexpressible("a group declares its message where it stands");
            }
            return index;
        }
        Integer index = indexes.get(Names.mapEntry(field.getName()));
        return index != null && isEntry(messages.get(index), field) ? index : null;
    }

    private boolean isEntry(DescriptorProto message, FieldDescriptorProto field) {
        return message.getOptions().getMapEntry()
                && field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED
                && field.getTypeName().equals(fields.scope().absolute(message.getName()));
    }

    private static Map<Integer, List<FieldDescriptorProto>> alternatives(List<FieldDescriptorProto> own) {
        Map<Integer, List<FieldDescriptorProto>> alternatives = new LinkedHashMap<>();
        own.stream()
                .filter(MemberReader::isInOneof)
                .forEach(field -> alternatives
                        .computeIfAbsent(field.getOneofIndex(), _ -> new ArrayList<>())
                        .add(field));
        return alternatives;
    }

    /** Whether the author put it into one; the language itself puts each {@code optional} field of proto3 into one of its own. */
    private static boolean isInOneof(FieldDescriptorProto field) {
        return field.hasOneofIndex() && !field.getProto3Optional();
    }

    private static OneofDescriptorProto oneof(FieldDescriptorProto field, List<OneofDescriptorProto> oneofs) {
        int index = field.getOneofIndex();
        if (index < 0 || index >= oneofs.size()) {
            throw new Inexpressible("a field is in a oneof that there is not");
        }
        return oneofs.get(index);
    }

    private Declaration oneof(OneofDescriptorProto oneof, List<FieldDescriptorProto> alternatives) {
        List<Declaration> inside = new ArrayList<>();
        alternatives.forEach(field -> inside.add(read(field)));
        return new Declaration.Oneof(
                List.of(),
                DescriptorReader.written(DescriptorReader.name(oneof.getName())),
                new Body(fields.options().settings(oneof.getOptions(), fields.scope()), List.copyOf(inside)));
    }

    private Declaration.Field read(FieldDescriptorProto field) {
        Integer index = indexOfMade(field);
        if (index == null) {
            return fields.read(field, null);
        }
        addMessagesBefore(index);
        nextMessage = Math.max(nextMessage, index + 1);
        return fields.read(field, messages.get(index));
    }

    private void addMessagesBefore(int end) {
        while (nextMessage < end) {
            int index = nextMessage++;
            FieldDescriptorProto maker = makers.get(index);
            if (maker != null) {
                addExtensionsUpTo(maker);
            } else if (!made.contains(index)) {
                endExtensions();
                members.add(declared.apply(messages.get(index)));
            }
        }
    }

    /** They declare messages in their order, so the one whose message is next is waiting still. */
    private void addExtensionsUpTo(FieldDescriptorProto maker) {
        FieldDescriptorProto added;
        do {
            added = extensions.remove();
            addExtension(added);
        } while (!added.equals(maker));
    }

    private void addExtension(FieldDescriptorProto extension) {
        if (!extension.getExtendee().equals(extendee)) {
            endExtensions();
            extendee = extension.getExtendee();
        }
        together.add(read(extension));
    }

    private void endExtensions() {
        if (!together.isEmpty()) {
            String name = fields.scope().shortest(DescriptorReader.dottedName(extendee));
            members.add(new Declaration.Extend(List.of(), DescriptorReader.written(name), List.copyOf(together)));
            together.clear();
        }
    }
}
