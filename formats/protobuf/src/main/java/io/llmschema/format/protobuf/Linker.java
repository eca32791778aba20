package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Joins a file to the files it imports, and checks everything about it.
 *
 * <p>The library links descriptors too, but reports one problem without a place and lets many through; so what can be checked is
 * checked here before, and the library has the last word.
 */
final class Linker {
    private final ProtoFile file;
    private final Imports imports;
    private final Problems problems;
    private final Scopes scopes;

    private Linker(ProtoFile file, Imports imports, Problems problems) {
        this.file = file;
        this.imports = imports;
        this.problems = problems;
        this.scopes = new Scopes(file, imports);
    }

    /**
     * The linked file; empty if problems were found, which are reported then.
     *
     * @param path what others import it as
     */
    static Optional<LinkedFile> link(String path, ProtoFile file, Imports imports, Problems problems) {
        return new Linker(file, imports, problems).link(path);
    }

    private Optional<LinkedFile> link(String path) {
        Declarer.declareAll(file, scopes.ownPackage(), problems);
        MessageRules.checkAll(file, problems);
        DescriptorWriter writer = new DescriptorWriter(file, new TypeResolver(scopes, problems), problems);
        FileDescriptorProto.Builder proto = writer.write(path, scopes.ownPackage());
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        interpretOptions(writer.pending(), proto.build());
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Optional<FileDescriptor> linked = build(proto.build());
        linked.ifPresent(descriptor -> LinkedRules.check(file, descriptor, scopes, problems));
        return problems.isEmpty()
                ? linked.map(descriptor -> new LinkedFile(file, descriptor, imports.depth()))
                : Optional.empty();
    }

    private void interpretOptions(List<PendingOptions> pending, FileDescriptorProto withoutOptions) {
        Once<Optional<FileDescriptor>> own = new Once<>(() -> build(withoutOptions));
        Extensions extensions = new Extensions(file, imports, scopes, own);
        OptionInterpreter interpreter = new OptionInterpreter(file, extensions, problems);
        pending.forEach(interpreter::interpret);
    }

    private Optional<FileDescriptor> build(FileDescriptorProto proto) {
        try {
            return Optional.of(
                    FileDescriptor.buildFrom(proto, imports.descriptors().toArray(FileDescriptor[]::new)));
        } catch (DescriptorValidationException e) {
            Place place = scopes.placeOf(e.getProblemSymbolName()).orElse(new Place(1, 1));
            problems.add(place, e.getDescription());
            return Optional.empty();
        }
    }
}
