package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The extensions and messages that the options of a file can name: imported ones, and those of the file itself.
 *
 * <p>For the latter the file is linked once without its options, when the first of them is asked for.
 */
final class Extensions {
    private static final String DESCRIPTOR_PROTO = "google/protobuf/descriptor.proto";
    private static final String DESCRIPTOR_PACKAGE = "google.protobuf";

    private final ProtoFile file;
    private final Imports imports;
    private final Scopes scopes;
    private final Supplier<Optional<FileDescriptor>> own;
    private final Once<Optional<FileDescriptor>> descriptorProto = new Once<>(this::importedDescriptorProto);

    Extensions(ProtoFile file, Imports imports, Scopes scopes, Supplier<Optional<FileDescriptor>> own) {
        this.file = file;
        this.imports = imports;
        this.scopes = scopes;
        this.own = own;
    }

    /** The extension of that name, seen from a scope. */
    Optional<FieldDescriptor> extension(Symbol scope, String name) {
        return scopes.anything(scope, name)
                .filter(symbol -> symbol.kind() == Symbol.Kind.EXTENSION)
                .flatMap(this::descriptor)
                .filter(FieldDescriptor.class::isInstance)
                .map(FieldDescriptor.class::cast);
    }

    /** The message of that full name. */
    Optional<Descriptor> message(String fullName) {
        return scopes.type(scopes.ownPackage(), "." + fullName)
                .filter(symbol -> symbol.kind() == Symbol.Kind.MESSAGE)
                .flatMap(this::descriptor)
                .filter(Descriptor.class::isInstance)
                .map(Descriptor.class::cast);
    }

    /**
     * The message of {@code descriptor.proto} that the extensions in reach extend: the one among the imports, which a reference
     * may have replaced.
     */
    Optional<Descriptor> optionsMessage(String name) {
        if (file.packageText().equals(DESCRIPTOR_PACKAGE)) {
            Optional<Descriptor> declaredHere = own.get().map(linked -> linked.findMessageTypeByName(name));
            if (declaredHere.isPresent()) {
                return declaredHere;
            }
        }
        return descriptorProto.get().map(imported -> imported.findMessageTypeByName(name));
    }

    private Optional<FileDescriptor> importedDescriptorProto() {
        return imports.all().stream()
                .filter(imported -> imported.getName().equals(DESCRIPTOR_PROTO))
                .findFirst();
    }

    private Optional<GenericDescriptor> descriptor(Symbol symbol) {
        GenericDescriptor imported = symbol.imported();
        if (imported != null) {
            return Optional.of(imported);
        }
        return own.get().flatMap(linked -> inFile(linked, symbol));
    }

    private static Optional<GenericDescriptor> inFile(FileDescriptor linked, Symbol symbol) {
        String prefix = linked.getPackage().isEmpty() ? "" : linked.getPackage() + ".";
        List<String> path = List.of(symbol.fullName().substring(prefix.length()).split("\\."));
        if (path.size() == 1) {
            return Optional.ofNullable(
                    symbol.kind() == Symbol.Kind.MESSAGE
                            ? linked.findMessageTypeByName(path.getFirst())
                            : linked.findExtensionByName(path.getFirst()));
        }
        Descriptor around = linked.findMessageTypeByName(path.getFirst());
        for (String name : path.subList(1, path.size() - 1)) {
            around = around == null ? null : around.findNestedTypeByName(name);
        }
        if (around == null) {
            return Optional.empty();
        }
        String last = path.getLast();
        return symbol.kind() == Symbol.Kind.MESSAGE
                ? Optional.ofNullable(around.findNestedTypeByName(last))
                : around.getExtensions().stream()
                        .filter(extension -> extension.getName().equals(last))
                        .findFirst()
                        .map(GenericDescriptor.class::cast);
    }
}
