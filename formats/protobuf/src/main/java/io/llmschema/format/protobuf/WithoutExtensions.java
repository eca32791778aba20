package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.llmschema.format.protobuf.Declaration.Body;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file for readers who know nothing of extensions: without those that it declares, without options that are extensions themselves, and without
 * imports that were there for these.
 *
 * <p>What a message keeps free for the extensions of others stays, because these numbers belong to them still. A message that an extension
 * declares as its group stays too, because fields may hold it. An import that is public stays, because others see through it.
 */
final class WithoutExtensions {
    private WithoutExtensions() {}

    static ProtoFile of(LinkedFile linked) {
        ProtoFile file = linked.file();
        return new ProtoFile(
                file.edition(),
                file.packageName(),
                imports(linked),
                options(file.options()),
                declarations(file.declarations()));
    }

    private static List<ProtoFile.Import> imports(LinkedFile linked) {
        Set<FileDescriptor> used = usedFiles(linked.descriptor());
        Set<String> needed = linked.descriptor().getDependencies().stream()
                .filter(imported ->
                        Imports.withPublic(List.of(imported)).stream().anyMatch(used::contains))
                .map(FileDescriptor::getFullName)
                .collect(Collectors.toSet());
        return linked.file().imports().stream()
                .filter(imported -> switch (imported.kind()) {
                    case PUBLIC -> true;
                    case OPTION -> false;
                    case PLAIN, WEAK -> needed.contains(imported.path().text());
                })
                .toList();
    }

    /** The files that declare what fields hold, and what methods take and answer. */
    private static Set<FileDescriptor> usedFiles(FileDescriptor file) {
        Set<FileDescriptor> used = new HashSet<>();
        Deque<Descriptor> waiting = new ArrayDeque<>(file.getMessageTypes());
        while (!waiting.isEmpty()) {
            Descriptor message = waiting.remove();
            waiting.addAll(message.getNestedTypes());
            message.getFields().forEach(field -> typeOf(field).ifPresent(type -> used.add(type.getFile())));
        }
        for (ServiceDescriptor service : file.getServices()) {
            for (MethodDescriptor method : service.getMethods()) {
                used.add(method.getInputType().getFile());
                used.add(method.getOutputType().getFile());
            }
        }
        return used;
    }

    private static Optional<GenericDescriptor> typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> Optional.of(field.getMessageType());
            case ENUM -> Optional.of(field.getEnumType());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> Optional.empty();
        };
    }

    private static List<Declaration> declarations(List<Declaration> declarations) {
        return declarations.stream()
                .flatMap(declaration -> declaration instanceof Declaration.Extend extend
                        ? groups(extend)
                        : Stream.of(inside(declaration)))
                .toList();
    }

    private static Stream<Declaration> groups(Declaration.Extend extend) {
        return extend.fields().stream()
                .flatMap(field -> field.type() instanceof FieldType.Group group
                        ? Stream.of(
                                new Declaration.Message(field.documentation(), null, group.name(), body(group.body())))
                        : Stream.empty());
    }

    private static Body body(Body body) {
        return new Body(options(body.options()), declarations(body.members()));
    }

    private static Declaration inside(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Message message ->
                new Declaration.Message(
                        message.documentation(), message.visibility(), message.name(), body(message.body()));
            case Declaration.Enumeration enumeration ->
                new Declaration.Enumeration(
                        enumeration.documentation(),
                        enumeration.visibility(),
                        enumeration.name(),
                        body(enumeration.body()));
            case Declaration.EnumValue value ->
                new Declaration.EnumValue(
                        value.documentation(), value.name(), value.number(), options(value.options()));
            case Declaration.Service service ->
                new Declaration.Service(service.documentation(), service.name(), body(service.body()));
            case Declaration.Method method ->
                new Declaration.Method(
                        method.documentation(),
                        method.name(),
                        method.input(),
                        method.output(),
                        options(method.options()));
            case Declaration.Field field -> field(field);
            case Declaration.Oneof oneof ->
                new Declaration.Oneof(oneof.documentation(), oneof.name(), body(oneof.body()));
            case Declaration.Extensions extensions ->
                new Declaration.Extensions(
                        extensions.documentation(),
                        extensions.ranges(),
                        options(extensions.options()),
                        extensions.place());
            case Declaration.Reserved reserved -> reserved;
            case Declaration.Extend _ -> throw new IllegalStateException("extensions were taken out before");
        };
    }

    private static Declaration.Field field(Declaration.Field field) {
        FieldType type = switch (field.type()) {
            case FieldType.Group group -> new FieldType.Group(group.place(), group.name(), body(group.body()));
            case FieldType.Plain plain -> plain;
            case FieldType.MapOf map -> map;
        };
        return new Declaration.Field(
                field.documentation(), field.label(), type, field.name(), field.number(), options(field.options()));
    }

    private static List<OptionSetting> options(List<OptionSetting> options) {
        return options.stream()
                .filter(option -> option.name().stream().noneMatch(OptionName::isExtension))
                .map(option -> new OptionSetting(option.name(), value(option.value())))
                .toList();
    }

    private static OptionValue value(OptionValue value) {
        return switch (value) {
            case OptionValue.Aggregate aggregate ->
                new OptionValue.Aggregate(
                        aggregate.place(),
                        aggregate.entries().stream()
                                .filter(entry -> !entry.name().isExtension())
                                .map(entry -> new OptionValue.Entry(entry.name(), value(entry.value())))
                                .toList());
            case OptionValue.Many many ->
                new OptionValue.Many(
                        many.place(),
                        many.values().stream().map(WithoutExtensions::value).toList());
            case OptionValue.Word _, OptionValue.Integral _, OptionValue.Decimal _, OptionValue.Text _ -> value;
        };
    }
}
