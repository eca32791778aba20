package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ExtensionRange;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SymbolVisibility;
import io.llmschema.format.protobuf.Declaration.Body;
import io.llmschema.format.protobuf.Declaration.Payload;
import io.llmschema.format.protobuf.Declaration.Range;
import io.llmschema.format.protobuf.Declaration.ReservedName;
import io.llmschema.format.protobuf.Declaration.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a descriptor into a syntax tree that leads to the same descriptor again: the way back of {@link DescriptorWriter}.
 *
 * <p>What a descriptor does not keep is chosen: where comments and white space were, nothing is; fields stand before messages, and these before
 * enums. Names are checked to be names, so that a text of the tree has its shape; everything else is left to those who check what is written.
 */
final class DescriptorReader {
    /** Where the parts of a tree stand that was never written. */
    static final Place NOWHERE = new Place(1, 1);

    private final FileDescriptorProto file;
    private final Edition edition;
    private final NameScope ownPackage;
    private final OptionReader options;

    private DescriptorReader(FileDescriptorProto file, NameScope ownPackage, OptionReader options) {
        this.file = file;
        this.edition = edition(file);
        this.ownPackage = ownPackage;
        this.options = options;
    }

    /**
     * The whole file.
     *
     * @throws Inexpressible it cannot be written
     */
    static ProtoFile read(FileDescriptorProto file, NameScope ownPackage, OptionReader options) {
        return new DescriptorReader(file, ownPackage, options).read();
    }

    /** As much of the file as says what it imports. */
    static ProtoFile head(FileDescriptorProto file) {
        Written packageName = file.hasPackage() ? written(dottedName(file.getPackage())) : null;
        return new ProtoFile(edition(file), packageName, imports(file), List.of(), List.of());
    }

    static boolean declaresExtensions(FileDescriptorProto file) {
        return file.getExtensionCount() > 0
                || file.getMessageTypeList().stream().anyMatch(DescriptorReader::declaresExtensions);
    }

    private static boolean declaresExtensions(DescriptorProto message) {
        return message.getExtensionCount() > 0
                || message.getNestedTypeList().stream().anyMatch(DescriptorReader::declaresExtensions);
    }

    private ProtoFile read() {
        ProtoFile head = head(file);
        List<Declaration> declarations = new ArrayList<>(MemberReader.ofFile(
                file.getMessageTypeList(),
                file.getExtensionList(),
                fields(ownPackage),
                message -> message(message, ownPackage)));
        file.getEnumTypeList().forEach(enumeration -> declarations.add(enumeration(enumeration, ownPackage)));
        file.getServiceList().forEach(service -> declarations.add(service(service)));
        return new ProtoFile(
                edition,
                head.packageName(),
                head.imports(),
                options.settings(file.getOptions(), ownPackage),
                List.copyOf(declarations));
    }

    private static Edition edition(FileDescriptorProto file) {
        Edition edition = switch (file.getSyntax()) {
            case "", "proto2" -> Edition.EDITION_PROTO2;
            case "proto3" -> Edition.EDITION_PROTO3;
            case "editions" -> file.getEdition();
            default -> Edition.EDITION_UNKNOWN;
        };
        return switch (edition) {
            case EDITION_PROTO2, EDITION_PROTO3, EDITION_2023, EDITION_2024 -> edition;
            default -> throw new Inexpressible("there is no such edition");
        };
    }

    private static List<ProtoFile.Import> imports(FileDescriptorProto file) {
        Set<Integer> publicOnes = Set.copyOf(file.getPublicDependencyList());
        Set<Integer> weakOnes = Set.copyOf(file.getWeakDependencyList());
        List<ProtoFile.Import> imports = new ArrayList<>();
        for (int i = 0; i < file.getDependencyCount(); i++) {
            ProtoFile.Import.Kind kind = publicOnes.contains(i)
                    ? ProtoFile.Import.Kind.PUBLIC
                    : weakOnes.contains(i) ? ProtoFile.Import.Kind.WEAK : ProtoFile.Import.Kind.PLAIN;
            imports.add(new ProtoFile.Import(kind, written(file.getDependency(i))));
        }
        file.getOptionDependencyList()
                .forEach(path -> imports.add(new ProtoFile.Import(ProtoFile.Import.Kind.OPTION, written(path))));
        return List.copyOf(imports);
    }

    private FieldReader fields(NameScope scope) {
        return new FieldReader(edition, scope, options, made -> body(made, scope));
    }

    private Declaration message(DescriptorProto message, NameScope around) {
        if (message.getOptions().getMapEntry()) {
            throw new Inexpressible("the entry of a map has no field");
        }
        return new Declaration.Message(
                List.of(),
                visibility(message.getVisibility()),
                written(name(message.getName())),
                body(message, around));
    }

    private Body body(DescriptorProto message, NameScope around) {
        NameScope scope = around.of(message.getName());
        List<Declaration> members =
                new ArrayList<>(reserved(ranges(message), List.copyOf(message.getReservedNameList())));
        members.addAll(MemberReader.ofMessage(message, fields(scope), nested -> message(nested, scope)));
        message.getEnumTypeList().forEach(enumeration -> members.add(enumeration(enumeration, scope)));
        message.getExtensionRangeList().forEach(range -> members.add(extensions(range, scope)));
        return new Body(options.settings(message.getOptions(), around), List.copyOf(members));
    }

    private static List<Range> ranges(DescriptorProto message) {
        return message.getReservedRangeList().stream()
                .map(range -> range(range.getStart(), range.getEnd() - 1L))
                .toList();
    }

    private Declaration extensions(ExtensionRange range, NameScope scope) {
        return new Declaration.Extensions(
                List.of(),
                List.of(range(range.getStart(), range.getEnd() - 1L)),
                options.settings(range.getOptions(), scope),
                NOWHERE);
    }

    private Declaration enumeration(EnumDescriptorProto enumeration, NameScope around) {
        List<Range> ranges = enumeration.getReservedRangeList().stream()
                .map(range -> range(range.getStart(), range.getEnd()))
                .toList();
        List<Declaration> members = new ArrayList<>(reserved(ranges, List.copyOf(enumeration.getReservedNameList())));
        enumeration
                .getValueList()
                .forEach(value -> members.add(new Declaration.EnumValue(
                        List.of(),
                        written(name(value.getName())),
                        whole(value.getNumber()),
                        options.settings(value.getOptions(), around))));
        return new Declaration.Enumeration(
                List.of(),
                visibility(enumeration.getVisibility()),
                written(name(enumeration.getName())),
                new Body(options.settings(enumeration.getOptions(), around), List.copyOf(members)));
    }

    private Declaration service(ServiceDescriptorProto service) {
        NameScope scope = ownPackage.of(service.getName());
        return new Declaration.Service(
                List.of(),
                written(name(service.getName())),
                new Body(
                        options.settings(service.getOptions(), ownPackage),
                        service.getMethodList().stream()
                                .map(method -> method(method, scope))
                                .toList()));
    }

    private Declaration method(MethodDescriptorProto method, NameScope scope) {
        return new Declaration.Method(
                List.of(),
                written(name(method.getName())),
                new Payload(method.getClientStreaming(), type(method.getInputType(), scope)),
                new Payload(method.getServerStreaming(), type(method.getOutputType(), scope)),
                options.settings(method.getOptions(), scope));
    }

    private static Written type(String typeName, NameScope scope) {
        return written(scope.shortest(dottedName(typeName)));
    }

    private List<Declaration> reserved(List<Range> ranges, List<String> names) {
        List<Declaration> reserved = new ArrayList<>();
        if (!ranges.isEmpty()) {
            reserved.add(new Declaration.Reserved(List.of(), ranges, List.of()));
        }
        if (!names.isEmpty()) {
            boolean isQuoted = edition == Edition.EDITION_PROTO2 || edition == Edition.EDITION_PROTO3;
            List<ReservedName> written = names.stream()
                    .map(name -> new ReservedName(written(isQuoted ? name : name(name)), isQuoted))
                    .toList();
            reserved.add(new Declaration.Reserved(List.of(), List.of(), written));
        }
        return reserved;
    }

    private static Range range(long start, long end) {
        return new Range(whole(start), whole(end));
    }

    private static @Nullable Visibility visibility(SymbolVisibility visibility) {
        return switch (visibility) {
            case VISIBILITY_UNSET -> null;
            case VISIBILITY_EXPORT -> Visibility.EXPORT;
            case VISIBILITY_LOCAL -> Visibility.LOCAL;
        };
    }

    static Written written(String text) {
        return new Written(text, NOWHERE);
    }

    static Whole whole(long value) {
        return new Whole(value, NOWHERE);
    }

    /** The text itself, if it is a name. */
    static String name(String text) {
        boolean isName = !text.isEmpty()
                && Names.startsName(text.charAt(0))
                && IntStream.range(1, text.length()).allMatch(i -> Names.continuesName(text.charAt(i)));
        if (!isName) {
            throw new Inexpressible("a name has characters that names have not");
        }
        return text;
    }

    /** The text itself, if it is names with dots between them, and perhaps one in front. */
    static String dottedName(String text) {
        if (text.length() > Names.MAX_FULL_NAME) {
            throw new Inexpressible("a name is too long");
        }
        for (String part : text.substring(text.startsWith(".") ? 1 : 0).split("\\.", -1)) {
            name(part);
        }
        return text;
    }
}
