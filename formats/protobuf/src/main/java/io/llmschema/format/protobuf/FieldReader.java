package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.llmschema.format.protobuf.Declaration.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the fields of a descriptor into declarations: the way back of {@link FieldWriter}.
 *
 * @param bodies what is in a message that a group declares
 */
record FieldReader(
        Edition edition, NameScope scope, OptionReader options, Function<DescriptorProto, Declaration.Body> bodies) {
    /** @param made the message that the field itself declares: the entry of a map, or a group; absent: it declares none */
    Declaration.Field read(FieldDescriptorProto field, @Nullable DescriptorProto made) {
        FieldType type = type(field, made);
        return new Declaration.Field(
                List.of(),
                type instanceof FieldType.MapOf ? null : label(field),
                type,
                DescriptorReader.written(DescriptorReader.name(field.getName())),
                DescriptorReader.whole(field.getNumber()),
                settings(field));
    }

    private @Nullable Label label(FieldDescriptorProto field) {
        boolean isInOneof = field.hasOneofIndex() && !field.getProto3Optional();
        return switch (field.getLabel()) {
            case LABEL_REPEATED -> Label.REPEATED;
            case LABEL_REQUIRED -> Label.REQUIRED;
            case LABEL_OPTIONAL -> !isInOneof && isOptionalWritten(field) ? Label.OPTIONAL : null;
        };
    }

    private boolean isOptionalWritten(FieldDescriptorProto field) {
        return edition == Edition.EDITION_PROTO2 || (edition == Edition.EDITION_PROTO3 && field.getProto3Optional());
    }

    private FieldType type(FieldDescriptorProto field, @Nullable DescriptorProto made) {
        if (made == null) {
            return new FieldType.Plain(DescriptorReader.written(typeName(field)));
        }
        if (field.getType() == FieldDescriptorProto.Type.TYPE_GROUP) {
            return group(field, made);
        }
        if (made.getFieldCount() != 2) {
            throw new Inexpressible("the entry of a map has a key and a value");
        }
        return new FieldType.MapOf(
                DescriptorReader.NOWHERE,
                DescriptorReader.written(typeName(made.getField(0))),
                DescriptorReader.written(typeName(made.getField(1))));
    }

    private FieldType group(FieldDescriptorProto field, DescriptorProto made) {
        if (!field.getName().equals(made.getName().toLowerCase(Locale.ROOT))) {
            throw new Inexpressible("a group gives its field the name of its message");
        }
        return new FieldType.Group(
                DescriptorReader.NOWHERE,
                DescriptorReader.written(DescriptorReader.name(made.getName())),
                bodies.apply(made));
    }

    private String typeName(FieldDescriptorProto field) {
        if (field.hasTypeName()) {
            return scope.shortest(DescriptorReader.dottedName(field.getTypeName()));
        }
        String name = field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
        if (!field.hasType() || Scalars.type(name).isEmpty()) {
            throw new Inexpressible("a field has no type");
        }
        return name;
    }

    private List<OptionSetting> settings(FieldDescriptorProto field) {
        List<OptionSetting> settings = new ArrayList<>();
        if (field.hasDefaultValue()) {
            settings.add(setting("default", WrittenDefault.of(field)));
        }
        boolean isNamedByAuthor = field.hasJsonName()
                && !field.hasExtendee()
                && !field.getJsonName().equals(Names.json(field.getName()));
        if (isNamedByAuthor) {
            settings.add(setting("json_name", WrittenDefault.text(ByteString.copyFromUtf8(field.getJsonName()))));
        }
        settings.addAll(options.settings(field.getOptions(), scope));
        return List.copyOf(settings);
    }

    private static OptionSetting setting(String name, OptionValue value) {
        return new OptionSetting(List.of(new OptionName(name, false, DescriptorReader.NOWHERE)), value);
    }
}
