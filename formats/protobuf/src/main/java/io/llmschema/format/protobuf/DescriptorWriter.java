package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions.OptionTargetType;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SymbolVisibility;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a syntax tree into the descriptor that the original compiler would make of it, its options apart.
 *
 * <p>Type names become full names on the way. The options are handed out as {@link PendingOptions}, because a file may use in its
 * options what it declares further down.
 */
final class DescriptorWriter {
    private final ProtoFile file;
    private final TypeResolver types;
    private final FieldWriter fieldWriter;
    private final List<PendingOptions> pending = new ArrayList<>();

    DescriptorWriter(ProtoFile file, TypeResolver types, Problems problems) {
        this.file = file;
        this.types = types;
        this.fieldWriter = new FieldWriter(file, types, this, problems);
    }

    FileDescriptorProto.Builder write(String path, Symbol ownPackage) {
        FileDescriptorProto.Builder proto = FileDescriptorProto.newBuilder().setName(path);
        if (file.packageName() != null) {
            proto.setPackage(file.packageText());
        }
        if (file.isEdition()) {
            proto.setSyntax("editions").setEdition(file.edition());
        } else if (file.isProto3()) {
            proto.setSyntax("proto3");
        }
        for (ProtoFile.Import imported : file.imports()) {
            writeImport(imported, proto);
        }
        defer(proto, ownPackage, OptionTargetType.TARGET_TYPE_FILE, file.options());
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case Declaration.Message message -> writeMessage(message, proto.addMessageTypeBuilder(), ownPackage);
                case Declaration.Enumeration enumeration ->
                    writeEnum(enumeration, proto.addEnumTypeBuilder(), ownPackage);
                case Declaration.Service service -> writeService(service, proto.addServiceBuilder(), ownPackage);
                case Declaration.Extend extend ->
                    writeExtend(extend, ownPackage, proto::addExtensionBuilder, proto::addMessageTypeBuilder);
                case Declaration.Field _,
                        Declaration.Oneof _,
                        Declaration.EnumValue _,
                        Declaration.Method _,
                        Declaration.Reserved _,
                        Declaration.Extensions _ ->
                    throw new IllegalStateException("no such declaration stands at the top of a file");
            }
        }
        return proto;
    }

    /** The options met while writing. */
    List<PendingOptions> pending() {
        return pending;
    }

    private static void writeImport(ProtoFile.Import imported, FileDescriptorProto.Builder proto) {
        String path = imported.path().text();
        switch (imported.kind()) {
            case PLAIN -> proto.addDependency(path);
            case PUBLIC -> proto.addPublicDependency(proto.getDependencyCount()).addDependency(path);
            case WEAK -> proto.addWeakDependency(proto.getDependencyCount()).addDependency(path);
            case OPTION -> proto.addOptionDependency(path);
        }
    }

    private void writeMessage(Declaration.Message message, DescriptorProto.Builder proto, Symbol scope) {
        proto.setName(message.name().text());
        if (message.visibility() != null) {
            proto.setVisibility(visibility(message.visibility()));
        }
        Symbol symbol = scope.child(message.name().text());
        writeBody(message.body(), proto, scope, symbol == null ? scope : symbol);
    }

    /** @param outer where the options of the message are looked up from: not from inside it */
    void writeBody(Declaration.Body body, DescriptorProto.Builder proto, Symbol outer, Symbol scope) {
        defer(proto, outer, OptionTargetType.TARGET_TYPE_MESSAGE, body.options());
        for (Declaration member : body.members()) {
            switch (member) {
                case Declaration.Message nested -> writeMessage(nested, proto.addNestedTypeBuilder(), scope);
                case Declaration.Enumeration nested -> writeEnum(nested, proto.addEnumTypeBuilder(), scope);
                case Declaration.Field field ->
                    fieldWriter.write(
                            field,
                            FieldRules.Where.MESSAGE,
                            proto.addFieldBuilder(),
                            scope,
                            proto::addNestedTypeBuilder);
                case Declaration.Oneof oneof -> writeOneof(oneof, proto, scope);
                case Declaration.Extend extend ->
                    writeExtend(extend, scope, proto::addExtensionBuilder, proto::addNestedTypeBuilder);
                case Declaration.Reserved reserved -> writeReserved(reserved, proto);
                case Declaration.Extensions extensions -> writeExtensions(extensions, proto, scope);
                case Declaration.EnumValue _, Declaration.Service _, Declaration.Method _ ->
                    throw new IllegalStateException("no such declaration stands in a message");
            }
        }
        fieldWriter.writeSyntheticOneofs(proto, scope);
    }

    private void writeOneof(Declaration.Oneof oneof, DescriptorProto.Builder proto, Symbol scope) {
        int index = proto.getOneofDeclCount();
        OneofDescriptorProto.Builder declared =
                proto.addOneofDeclBuilder().setName(oneof.name().text());
        defer(declared, scope, OptionTargetType.TARGET_TYPE_ONEOF, oneof.body().options());
        for (Declaration.Field field : oneof.body().all(Declaration.Field.class)) {
            FieldDescriptorProto.Builder written = proto.addFieldBuilder().setOneofIndex(index);
            fieldWriter.write(field, FieldRules.Where.ONEOF, written, scope, proto::addNestedTypeBuilder);
        }
    }

    private void writeExtend(
            Declaration.Extend extend, Symbol scope, FieldSupplier fields, FieldWriter.MessageSupplier messages) {
        String extendee = types.message(extend.extendee(), scope)
                .map(symbol -> "." + symbol.fullName())
                .orElse("");
        for (Declaration.Field field : extend.fields()) {
            FieldDescriptorProto.Builder written = fields.add().setExtendee(extendee);
            fieldWriter.write(field, FieldRules.Where.EXTEND, written, scope, messages);
        }
    }

    private static void writeReserved(Declaration.Reserved reserved, DescriptorProto.Builder proto) {
        for (Declaration.Range range : reserved.ranges()) {
            proto.addReservedRangeBuilder()
                    .setStart((int) range.start().value())
                    .setEnd((int) range.end().value() + 1);
        }
        reserved.names().forEach(name -> proto.addReservedName(name.name().text()));
    }

    private void writeExtensions(Declaration.Extensions extensions, DescriptorProto.Builder proto, Symbol scope) {
        for (Declaration.Range range : extensions.ranges()) {
            DescriptorProto.ExtensionRange.Builder written = proto.addExtensionRangeBuilder()
                    .setStart((int) range.start().value())
                    .setEnd((int) range.end().value() + 1);
            defer(written, scope, OptionTargetType.TARGET_TYPE_EXTENSION_RANGE, extensions.options());
        }
    }

    private void writeEnum(Declaration.Enumeration enumeration, EnumDescriptorProto.Builder proto, Symbol scope) {
        proto.setName(enumeration.name().text());
        if (enumeration.visibility() != null) {
            proto.setVisibility(visibility(enumeration.visibility()));
        }
        defer(
                proto,
                scope,
                OptionTargetType.TARGET_TYPE_ENUM,
                enumeration.body().options());
        for (Declaration.EnumValue value : enumeration.body().all(Declaration.EnumValue.class)) {
            EnumValueDescriptorProto.Builder written = proto.addValueBuilder()
                    .setName(value.name().text())
                    .setNumber((int) value.number().value());
            defer(written, scope, OptionTargetType.TARGET_TYPE_ENUM_ENTRY, value.options());
        }
        for (Declaration.Reserved reserved : enumeration.body().all(Declaration.Reserved.class)) {
            for (Declaration.Range range : reserved.ranges()) {
                proto.addReservedRangeBuilder()
                        .setStart((int) range.start().value())
                        .setEnd((int) range.end().value());
            }
            reserved.names().forEach(name -> proto.addReservedName(name.name().text()));
        }
    }

    private void writeService(Declaration.Service service, ServiceDescriptorProto.Builder proto, Symbol scope) {
        proto.setName(service.name().text());
        defer(proto, scope, OptionTargetType.TARGET_TYPE_SERVICE, service.body().options());
        Symbol symbol = scope.child(service.name().text());
        Symbol inside = symbol == null ? scope : symbol;
        for (Declaration.Method method : service.body().all(Declaration.Method.class)) {
            MethodDescriptorProto.Builder written =
                    proto.addMethodBuilder().setName(method.name().text());
            types.message(method.input().type(), inside).ifPresent(type -> written.setInputType("." + type.fullName()));
            types.message(method.output().type(), inside)
                    .ifPresent(type -> written.setOutputType("." + type.fullName()));
            if (method.input().isStream()) {
                written.setClientStreaming(true);
            }
            if (method.output().isStream()) {
                written.setServerStreaming(true);
            }
            defer(written, inside, OptionTargetType.TARGET_TYPE_METHOD, method.options());
        }
    }

    /** Remembers options to be interpreted later. */
    void defer(Message.Builder holder, Symbol scope, OptionTargetType target, List<OptionSetting> options) {
        if (!options.isEmpty()) {
            pending.add(new PendingOptions(holder, scope, target, options));
        }
    }

    private static SymbolVisibility visibility(Declaration.Visibility visibility) {
        return switch (visibility) {
            case EXPORT -> SymbolVisibility.VISIBILITY_EXPORT;
            case LOCAL -> SymbolVisibility.VISIBILITY_LOCAL;
        };
    }

    /** Adds a field to whatever is extended from. */
    interface FieldSupplier {
        FieldDescriptorProto.Builder add();
    }
}
