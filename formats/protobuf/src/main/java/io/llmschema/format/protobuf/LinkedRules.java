package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.HashMap;
import java.util.Map;

/** What can only be judged when types and features are known: the last look at a file. */
final class LinkedRules {
    private final ProtoFile file;
    private final Scopes scopes;
    private final Problems problems;
    private final Map<String, FieldDescriptor> extensionsByNumber = new HashMap<>();

    private LinkedRules(ProtoFile file, Scopes scopes, Problems problems) {
        this.file = file;
        this.scopes = scopes;
        this.problems = problems;
    }

    static void check(ProtoFile file, FileDescriptor linked, Scopes scopes, Problems problems) {
        LinkedRules rules = new LinkedRules(file, scopes, problems);
        rules.checkDefaults(linked.toProto().getOptions().getFeatures());
        linked.getMessageTypes().forEach(rules::checkMessage);
        linked.getEnumTypes().forEach(rules::checkEnum);
        linked.getExtensions().forEach(rules::checkExtension);
    }

    private void checkDefaults(FeatureSet ofFile) {
        if (ofFile.getFieldPresence() == FeatureSet.FieldPresence.LEGACY_REQUIRED) {
            file.options().stream()
                    .filter(option -> option.name().getFirst().text().equals("features"))
                    .findFirst()
                    .ifPresent(option ->
                            problems.add(option.place(), "fields can be required one by one only, not by default"));
        }
    }

    private void checkMessage(Descriptor message) {
        if (message.getOptions().getMessageSetWireFormat() && file.isProto3()) {
            report(message, "proto3 has no message sets");
        }
        message.getFields().forEach(this::checkField);
        message.getExtensions().forEach(this::checkExtension);
        message.getEnumTypes().forEach(this::checkEnum);
        message.getNestedTypes().forEach(this::checkMessage);
    }

    private void checkEnum(EnumDescriptor enumeration) {
        if (!enumeration.isClosed() && enumeration.getValues().getFirst().getNumber() != 0) {
            report(
                    enumeration.getValues().getFirst(),
                    "the first value of an open enum has to be 0, because it stands for what was not set");
        }
    }

    private void checkExtension(FieldDescriptor extension) {
        Descriptor extended = extension.getContainingType();
        String name = extended.getFullName();
        if (file.isProto3() && !(name.startsWith("google.protobuf.") && name.endsWith("Options"))) {
            report(extension, "proto3 can extend the options of google/protobuf/descriptor.proto only");
        }
        FieldDescriptor other = extensionsByNumber.putIfAbsent(name + " " + extension.getNumber(), extension);
        if (other != null) {
            report(
                    extension,
                    "the number " + extension.getNumber() + " of \"" + name + "\" is already used by \""
                            + other.getName() + "\"");
        }
        checkField(extension);
    }

    private void checkField(FieldDescriptor field) {
        checkEnumOf(field);
        // Not field.getOptions(): the library leaves the features out of those.
        FieldOptions options = field.toProto().getOptions();
        if (options.hasFeatures() && file.isEdition()) {
            checkFeatures(field, options.getFeatures());
        }
        if ((options.getLazy() || options.getUnverifiedLazy()) && field.getJavaType() != JavaType.MESSAGE) {
            report(field, "only a field that holds a message can be lazy");
        }
        if (options.hasJstype()
                && options.getJstype() != FieldOptions.JSType.JS_NORMAL
                && field.getJavaType() != JavaType.LONG) {
            report(field, "only a whole number of 64 bits can have a jstype");
        }
        if (file.isEdition() && !field.hasPresence() && field.toProto().hasDefaultValue()) {
            report(field, "a field with implicit presence has no default value of the author's choice");
        }
    }

    private void checkEnumOf(FieldDescriptor field) {
        if (field.getJavaType() != JavaType.ENUM || !field.getEnumType().isClosed()) {
            return;
        }
        if (file.isProto3()) {
            report(
                    field,
                    "\"" + field.getEnumType().getFullName()
                            + "\" is a closed enum, as in proto2; proto3 can hold open enums only");
        } else if (!field.isRepeated() && !field.hasPresence()) {
            report(field, "a field with implicit presence can hold open enums only");
        }
    }

    private void checkFeatures(FieldDescriptor field, FeatureSet features) {
        if (features.hasFieldPresence()) {
            if (field.isRepeated()) {
                report(field, "a repeated field has no features.field_presence");
            } else if (field.getRealContainingOneof() != null) {
                report(field, "a field in a oneof has no features.field_presence");
            } else if (field.isExtension()) {
                report(field, "an extension has no features.field_presence");
            } else if (field.getJavaType() == JavaType.MESSAGE
                    && features.getFieldPresence() == FeatureSet.FieldPresence.IMPLICIT) {
                report(field, "a field that holds a message cannot have implicit presence");
            }
        }
        if (features.hasRepeatedFieldEncoding() && !field.isRepeated()) {
            report(field, "only a repeated field has features.repeated_field_encoding");
        } else if (features.getRepeatedFieldEncoding() == FeatureSet.RepeatedFieldEncoding.PACKED
                && !field.isPackable()) {
            report(field, "only a repeated field of numbers, bools or enums can be packed");
        }
        if (features.hasUtf8Validation() && !mayHoldStrings(field)) {
            report(field, "only a field that holds strings has features.utf8_validation");
        }
        if (features.hasMessageEncoding() && (field.getJavaType() != JavaType.MESSAGE || field.isMapField())) {
            report(field, "only a field that holds a message has features.message_encoding");
        }
    }

    private static boolean mayHoldStrings(FieldDescriptor field) {
        return field.getJavaType() == JavaType.STRING
                || (field.isMapField()
                        && field.getMessageType().getFields().stream()
                                .anyMatch(part -> part.getJavaType() == JavaType.STRING));
    }

    private void report(GenericDescriptor about, String reason) {
        scopes.placeOf(about.getFullName()).ifPresent(place -> problems.add(place, reason));
    }
}
