package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the options of a descriptor into settings: the way back of {@link OptionInterpreter}.
 *
 * <p>Extensions are bytes there, and are understood where their declaration is known. Others are left out, and so is what the compiler has
 * not understood itself.
 */
final class OptionReader {
    private static final Set<String> OF_THE_COMPILER = Set.of("map_entry", "uninterpreted_option");
    private static final String DESCRIPTOR_PROTO = "google/protobuf/descriptor.proto";

    private final Optional<FileDescriptor> descriptorProto;
    private final ExtensionRegistry registry = ExtensionRegistry.newInstance();

    /** For a file with these imports, and with no extensions of its own. */
    OptionReader(Imports imports) {
        this.descriptorProto = imports.all().stream()
                .filter(file -> file.getName().equals(DESCRIPTOR_PROTO))
                .findFirst();
        imports.visible().forEach(this::addExtensions);
        imports.visibleToOptions().forEach(this::addExtensions);
    }

    /** Whether it understands what extensions stand for, if it knows their declarations. */
    boolean understandsExtensions() {
        return descriptorProto.isPresent();
    }

    /** Declarations that it knows from now on. */
    void addExtensions(FileDescriptor file) {
        new FileMessages(file).extensions().forEach(this::add);
    }

    private void add(FieldDescriptor extension) {
        if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            registry.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
        } else {
            registry.add(extension);
        }
    }

    /** @param scope from where the names of extensions are looked up */
    List<OptionSetting> settings(Message options, NameScope scope) {
        if (options.getSerializedSize() == 0) {
            return List.of();
        }
        List<OptionSetting> settings = new ArrayList<>();
        understood(options).getAllFields().forEach((field, value) -> {
            if (field.isExtension() || !OF_THE_COMPILER.contains(field.getName())) {
                add(List.of(), field, value, scope, settings);
            }
        });
        return settings;
    }

    private Message understood(Message options) {
        Descriptor known = options.getDescriptorForType();
        Descriptor type = descriptorProto
                .map(file -> file.findMessageTypeByName(known.getName()))
                .orElse(known);
        try {
            return type.equals(known)
                    ? options
                    : DynamicMessage.newBuilder(type)
                            .mergeFrom(options.toByteString(), registry)
                            .buildPartial();
        } catch (InvalidProtocolBufferException _) {
            throw new Inexpressible("an option has a value that is not of its type");
        }
    }

    private void add(
            List<OptionName> before, FieldDescriptor field, Object value, NameScope scope, List<OptionSetting> out) {
        List<OptionName> name = new ArrayList<>(before);
        name.add(new OptionName(
                field.isExtension() ? scope.shortest("." + field.getFullName()) : field.getName(),
                field.isExtension(),
                DescriptorReader.NOWHERE));
        boolean isOfFeatures = name.getFirst().text().equals("features")
                && !name.getFirst().isExtension()
                && value instanceof Message features
                && !features.getAllFields().isEmpty();
        if (isOfFeatures) {
            ((Message) value).getAllFields().forEach((inner, set) -> add(name, inner, set, scope, out));
        } else {
            each(field, value)
                    .flatMap(one -> value(field, one, scope).stream())
                    .forEach(one -> out.add(new OptionSetting(List.copyOf(name), one)));
        }
    }

    private static Stream<?> each(FieldDescriptor field, Object value) {
        return field.isRepeated() ? ((List<?>) value).stream() : Stream.of(value);
    }

    /** Empty if it cannot be written: a number that its enum has no name for. */
    private Optional<OptionValue> value(FieldDescriptor field, Object value, NameScope scope) {
        return switch (field.getJavaType()) {
            case INT, LONG -> Optional.of(integral(field, ((Number) value).longValue()));
            case FLOAT, DOUBLE -> Optional.of(WrittenDefault.number(value.toString()));
            case BOOLEAN -> Optional.of(WrittenDefault.word(value.toString()));
            case STRING -> Optional.of(WrittenDefault.text(ByteString.copyFromUtf8((String) value)));
            case BYTE_STRING -> Optional.of(WrittenDefault.text((ByteString) value));
            case ENUM ->
                Optional.of((EnumValueDescriptor) value)
                        .filter(named -> named.getType().findValueByNumber(named.getNumber()) != null)
                        .map(named -> WrittenDefault.word(named.getName()));
            case MESSAGE -> Optional.of(aggregate((Message) value, scope));
        };
    }

    private static OptionValue integral(FieldDescriptor field, long value) {
        long bits = switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedLong((int) value);
            default -> value;
        };
        boolean isUnsigned =
                field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64;
        boolean isNegative = !isUnsigned && bits < 0;
        return new OptionValue.Integral(DescriptorReader.NOWHERE, isNegative, isNegative ? -bits : bits);
    }

    private OptionValue aggregate(Message message, NameScope scope) {
        List<OptionValue.Entry> entries = new ArrayList<>();
        message.getAllFields().forEach((field, value) -> {
            OptionName name = new OptionName(
                    field.isExtension() ? scope.inBrackets(field.getFullName()) : field.getName(),
                    field.isExtension(),
                    DescriptorReader.NOWHERE);
            each(field, value)
                    .flatMap(one -> value(field, one, scope).stream())
                    .forEach(one -> entries.add(new OptionValue.Entry(name, one)));
        });
        return new OptionValue.Aggregate(DescriptorReader.NOWHERE, List.copyOf(entries));
    }
}
