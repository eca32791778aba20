package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions.OptionTargetType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns fields, maps, groups and extensions into their part of a descriptor. */
final class FieldWriter {
    private final ProtoFile file;
    private final TypeResolver types;
    private final DescriptorWriter descriptorWriter;
    private final Problems problems;
    private final FieldRules rules;

    FieldWriter(ProtoFile file, TypeResolver types, DescriptorWriter descriptorWriter, Problems problems) {
        this.file = file;
        this.types = types;
        this.descriptorWriter = descriptorWriter;
        this.problems = problems;
        this.rules = new FieldRules(file, problems);
    }

    /** @param messages where the message of a map entry or a group goes */
    void write(
            Declaration.Field field,
            FieldRules.Where where,
            FieldDescriptorProto.Builder proto,
            Symbol scope,
            MessageSupplier messages) {
        rules.check(field, where);
        proto.setName(field.name().text()).setNumber((int) field.number().value());
        proto.setLabel(label(field));
        if (field.label() == Declaration.Label.OPTIONAL && file.isProto3()) {
            proto.setProto3Optional(true);
        }
        switch (field.type()) {
            case FieldType.Plain plain -> writeType(plain.name(), proto, scope);
            case FieldType.MapOf map -> writeMap(field.name(), map, proto, scope, messages.add());
            case FieldType.Group group -> writeGroup(group, proto, scope, messages.add());
        }
        for (OptionSetting option : field.options()) {
            if (option.is("json_name")) {
                writeJsonName(option, proto);
            } else if (option.is("default")) {
                writeDefault(option, proto);
            }
        }
        List<OptionSetting> options = field.options().stream()
                .filter(option -> !FieldRules.isPseudoOption(option))
                .toList();
        descriptorWriter.defer(proto, scope, OptionTargetType.TARGET_TYPE_FIELD, options);
    }

    private static FieldDescriptorProto.Label label(Declaration.Field field) {
        if (field.type() instanceof FieldType.MapOf) {
            return FieldDescriptorProto.Label.LABEL_REPEATED;
        }
        Declaration.Label label = field.label();
        if (label == null) {
            return FieldDescriptorProto.Label.LABEL_OPTIONAL;
        }
        return switch (label) {
            case OPTIONAL -> FieldDescriptorProto.Label.LABEL_OPTIONAL;
            case REQUIRED -> FieldDescriptorProto.Label.LABEL_REQUIRED;
            case REPEATED -> FieldDescriptorProto.Label.LABEL_REPEATED;
        };
    }

    private void writeType(Written name, FieldDescriptorProto.Builder proto, Symbol scope) {
        Optional<FieldDescriptorProto.Type> scalar = Scalars.type(name.text());
        if (scalar.isPresent()) {
            proto.setType(scalar.get());
            return;
        }
        types.type(name, scope)
                .ifPresent(symbol -> proto.setTypeName("." + symbol.fullName())
                        .setType(
                                symbol.kind() == Symbol.Kind.ENUM
                                        ? FieldDescriptorProto.Type.TYPE_ENUM
                                        : FieldDescriptorProto.Type.TYPE_MESSAGE));
    }

    private void writeMap(
            Written name,
            FieldType.MapOf map,
            FieldDescriptorProto.Builder proto,
            Symbol scope,
            DescriptorProto.Builder entry) {
        entry.setName(Names.mapEntry(name.text())).getOptionsBuilder().setMapEntry(true);
        FieldDescriptorProto.Builder key =
                entry.addFieldBuilder().setName("key").setNumber(1).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
        Optional<FieldDescriptorProto.Type> keyType = Scalars.type(map.key().text());
        if (keyType.isEmpty() || !Scalars.isKey(keyType.get())) {
            problems.add(map.key().place(), "the keys of a map are strings, bools or whole numbers");
        }
        keyType.ifPresent(key::setType);
        writeType(
                map.value(),
                entry.addFieldBuilder()
                        .setName("value")
                        .setNumber(2)
                        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL),
                scope);
        proto.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName("." + inScope(scope, entry.getName()));
    }

    private void writeGroup(
            FieldType.Group group, FieldDescriptorProto.Builder proto, Symbol scope, DescriptorProto.Builder message) {
        message.setName(group.name().text());
        proto.setType(FieldDescriptorProto.Type.TYPE_GROUP)
                .setTypeName("." + inScope(scope, group.name().text()));
        Symbol symbol = scope.child(group.name().text());
        descriptorWriter.writeBody(group.body(), message, scope, symbol == null ? scope : symbol);
    }

    private static String inScope(Symbol scope, String name) {
        return scope.fullName().isEmpty() ? name : scope.fullName() + "." + name;
    }

    private void writeJsonName(OptionSetting option, FieldDescriptorProto.Builder proto) {
        if (option.value() instanceof OptionValue.Text text && text.bytes().isValidUtf8()) {
            proto.setJsonName(text.bytes().toStringUtf8());
        } else {
            problems.add(option.value().place(), "json_name is a string");
        }
    }

    private void writeDefault(OptionSetting option, FieldDescriptorProto.Builder proto) {
        if (proto.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED) {
            problems.add(option.place(), "a repeated field has no default value");
        } else if (proto.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
                || proto.getType() == FieldDescriptorProto.Type.TYPE_GROUP) {
            problems.add(option.place(), "a field that holds a message has no default value");
        } else if (proto.hasType()) {
            DefaultValue.of(proto.getType(), option.value())
                    .ifPresentOrElse(
                            proto::setDefaultValue,
                            () -> problems.add(
                                    option.value().place(),
                                    "the default value has to be " + DefaultValue.shownType(proto.getType())));
        }
    }

    /**
     * Wraps every {@code optional} field of proto3 in a oneof of its own, after the author's oneofs: that is how descriptors say
     * that such a field knows whether it is set.
     */
    void writeSyntheticOneofs(DescriptorProto.Builder proto, Symbol scope) {
        if (!file.isProto3()) {
            return;
        }
        Set<String> taken = new HashSet<>();
        for (FieldDescriptorProto.Builder field : proto.getFieldBuilderList()) {
            if (field.getProto3Optional() && !field.hasOneofIndex()) {
                String name = "_" + field.getName();
                while (scope.child(name) != null || !taken.add(name)) {
                    name = "X" + name;
                }
                field.setOneofIndex(proto.getOneofDeclCount());
                proto.addOneofDeclBuilder().setName(name);
            }
        }
    }

    /** Adds a message to whatever the field belongs to. */
    interface MessageSupplier {
        DescriptorProto.Builder add();
    }
}
