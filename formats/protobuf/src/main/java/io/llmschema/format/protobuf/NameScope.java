package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A package or a message of a descriptor, with the names that are declared in it: what decides how short another name can be written in there.
 *
 * <p>Descriptors know full names only. An author writes what is near without what is around it, and so does a text that is made of a descriptor.
 */
final class NameScope {
    /** What cannot begin the name of a type, because it means something else where a field begins. */
    private static final Set<String> WORDS = Set.of(
            "message",
            "enum",
            "oneof",
            "extend",
            "extensions",
            "reserved",
            "option",
            "optional",
            "required",
            "repeated",
            "group",
            "map",
            "stream",
            "export",
            "local");

    private final @Nullable NameScope around;
    private final String name;
    private final Set<String> declared = new HashSet<>();
    private final Map<String, NameScope> inside = new HashMap<>();

    private NameScope(@Nullable NameScope around, String name) {
        this.around = around;
        this.name = name;
    }

    /** The package of a file, with what it declares, and with what is visible of the files that it imports. */
    static NameScope of(FileDescriptorProto file, Imports imports) {
        NameScope root = new NameScope(null, "");
        NameScope own = root;
        for (String part : parts(file.getPackage())) {
            own = own.open(part);
        }
        own.declareFile(file);
        for (FileDescriptor imported : imports.all()) {
            root.declareImported(imported);
        }
        return own;
    }

    /** The scope of a message that is declared in this one. */
    NameScope of(String message) {
        NameScope scope = inside.get(message);
        if (scope == null) {
            throw new IllegalStateException("every message was declared before, this one too: " + message);
        }
        return scope;
    }

    /** The full name, with a dot in front, of what is declared in here. */
    String absolute(String child) {
        StringBuilder full = new StringBuilder();
        path().forEach(scope -> full.append('.').append(scope.name));
        return full.append('.').append(child).toString();
    }

    /**
     * A name as it can be written in here: without what is around both, if it is not taken for another then.
     *
     * @param typeName a full name with a dot in front; another stays as it is
     */
    String shortest(String typeName) {
        if (!typeName.startsWith(".")) {
            return typeName;
        }
        String[] parts = typeName.substring(1).split("\\.");
        List<NameScope> path = path();
        int common = 0;
        while (common < path.size()
                && common < parts.length - 1
                && path.get(common).name.equals(parts[common])) {
            common++;
        }
        if (isSeen(parts[common], path.subList(common, path.size()))) {
            return String.join(".", List.of(parts).subList(common, parts.length));
        }
        return isSeen(parts[0], path) ? typeName.substring(1) : typeName;
    }

    /** A full name, without a dot in front unless it is needed, as it stands in brackets within the value of an option. */
    String inBrackets(String fullName) {
        return isSeen(fullName.split("\\.", 2)[0], path()) ? fullName : "." + fullName;
    }

    private static boolean isSeen(String first, List<NameScope> between) {
        return !WORDS.contains(first)
                && Scalars.type(first).isEmpty()
                && between.stream().noneMatch(scope -> scope.declared.contains(first));
    }

    /** From the outermost, which has a name, to this one. */
    private List<NameScope> path() {
        List<NameScope> path = new ArrayList<>();
        for (NameScope scope = this; scope.around != null; scope = scope.around) {
            path.add(scope);
        }
        return path.reversed();
    }

    private NameScope open(String child) {
        declared.add(child);
        return inside.computeIfAbsent(child, key -> new NameScope(this, key));
    }

    private void declareFile(FileDescriptorProto file) {
        file.getMessageTypeList().forEach(this::declareMessage);
        file.getEnumTypeList().forEach(this::declareEnum);
        file.getExtensionList().stream().map(FieldDescriptorProto::getName).forEach(declared::add);
        file.getServiceList().forEach(this::declareService);
    }

    private void declareMessage(DescriptorProto message) {
        NameScope scope = open(message.getName());
        message.getNestedTypeList().forEach(scope::declareMessage);
        message.getEnumTypeList().forEach(scope::declareEnum);
        Stream.concat(message.getFieldList().stream(), message.getExtensionList().stream())
                .map(FieldDescriptorProto::getName)
                .forEach(scope.declared::add);
        message.getOneofDeclList().stream().map(OneofDescriptorProto::getName).forEach(scope.declared::add);
    }

    private void declareEnum(EnumDescriptorProto enumeration) {
        declared.add(enumeration.getName());
        enumeration.getValueList().stream()
                .map(EnumValueDescriptorProto::getName)
                .forEach(declared::add);
    }

    private void declareService(ServiceDescriptorProto service) {
        NameScope scope = open(service.getName());
        service.getMethodList().forEach(method -> scope.declared.add(method.getName()));
    }

    /** As far as the packages around this file have part in it: what is declared in others hides nothing. */
    private void declareImported(FileDescriptor file) {
        NameScope scope = this;
        for (String part : parts(file.getPackage())) {
            scope.declared.add(part);
            NameScope next = scope.inside.get(part);
            if (next == null) {
                return;
            }
            scope = next;
        }
        Stream.of(file.getMessageTypes(), file.getEnumTypes(), file.getExtensions(), file.getServices())
                .flatMap(List::stream)
                .map(GenericDescriptor::getName)
                .forEach(scope.declared::add);
        file.getEnumTypes().stream()
                .map(EnumDescriptor::getValues)
                .flatMap(List::stream)
                .map(GenericDescriptor::getName)
                .forEach(scope.declared::add);
    }

    private static List<String> parts(String packageName) {
        return packageName.isEmpty() ? List.of() : List.of(packageName.split("\\."));
    }
}
