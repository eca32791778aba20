package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FieldOptions.OptionTargetType;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives options their meaning: finds the field that each sets, checks the value against its type, and fills the descriptor.
 *
 * <p>Extensions end up in the descriptor as unknown fields, the way they would arrive there from the original compiler.
 */
final class OptionInterpreter {
    private final Extensions extensions;
    private final OptionLifetimes lifetimes;
    private final Problems problems;

    OptionInterpreter(ProtoFile file, Extensions extensions, Problems problems) {
        this.extensions = extensions;
        this.lifetimes = new OptionLifetimes(file, problems);
        this.problems = problems;
    }

    void interpret(PendingOptions pending) {
        FieldDescriptor holding = pending.holder().getDescriptorForType().findFieldByName("options");
        Descriptor known = holding.getMessageType();
        Descriptor type = known;
        if (pending.settings().stream().anyMatch(OptionInterpreter::namesAnExtension)) {
            type = extensions.optionsMessage(known.getName()).orElse(known);
        }
        DynamicMessage.Builder options = DynamicMessage.newBuilder(type);
        for (OptionSetting setting : pending.settings()) {
            apply(setting, options, pending);
        }
        Place place = pending.settings().getFirst().place();
        DynamicMessage interpreted = options.buildPartial();
        if (!interpreted.isInitialized()) {
            problems.add(place, "these options lack " + String.join(", ", interpreted.findInitializationErrors()));
        }
        try {
            pending.holder()
                    .setField(
                            holding,
                            pending.holder()
                                    .newBuilderForField(holding)
                                    .mergeFrom(interpreted.toByteString())
                                    .buildPartial());
        } catch (InvalidProtocolBufferException e) {
            problems.add(place, "these options cannot be written into a descriptor: " + e.getMessage());
        }
    }

    private static boolean namesAnExtension(OptionSetting setting) {
        return setting.name().stream().anyMatch(OptionName::isExtension) || namesAnExtension(setting.value());
    }

    private static boolean namesAnExtension(OptionValue value) {
        return switch (value) {
            case OptionValue.Aggregate aggregate ->
                aggregate.entries().stream()
                        .anyMatch(entry -> entry.name().isExtension() || namesAnExtension(entry.value()));
            case OptionValue.Many many -> many.values().stream().anyMatch(OptionInterpreter::namesAnExtension);
            case OptionValue.Word _, OptionValue.Integral _, OptionValue.Decimal _, OptionValue.Text _ -> false;
        };
    }

    private void apply(OptionSetting setting, Message.Builder options, PendingOptions pending) {
        Message.Builder at = options;
        List<OptionName> name = setting.name();
        for (int i = 0; i < name.size(); i++) {
            Optional<FieldDescriptor> found = field(at.getDescriptorForType(), name.get(i), pending.scope());
            if (found.isEmpty()) {
                return;
            }
            FieldDescriptor field = found.get();
            checkUse(field, name.get(i), pending.target());
            if (i == name.size() - 1) {
                set(field, setting, at, pending);
            } else if (field.getJavaType() != JavaType.MESSAGE) {
                problems.add(name.get(i + 1).place(), "\"" + name.get(i) + "\" is no message and has no fields");
                return;
            } else if (field.isRepeated()) {
                problems.add(
                        name.get(i).place(), "\"" + name.get(i) + "\" is repeated; set it as a whole, with braces");
                return;
            } else {
                at = at.getFieldBuilder(field);
            }
        }
    }

    private Optional<FieldDescriptor> field(Descriptor type, OptionName name, Symbol scope) {
        if (name.isExtension()) {
            Optional<FieldDescriptor> extension = extensions.extension(scope, name.text());
            if (extension.isEmpty()) {
                problems.add(
                        name.place(),
                        "there is no option \"" + Names.shortened(name.toString())
                                + "\"; the file that declares the extension has to be imported");
            } else if (!isOf(extension.get(), type)) {
                problems.add(
                        name.place(),
                        "\"" + Names.shortened(name.toString()) + "\" extends \""
                                + extension.get().getContainingType().getFullName() + "\", not \"" + type.getFullName()
                                + "\"");
                return Optional.empty();
            }
            return extension;
        }
        FieldDescriptor field = type.findFieldByName(name.text());
        if (field == null) {
            field = groupField(type, name.text());
        }
        if (field == null
                || field.getFullName().equals("google.protobuf.MessageOptions.map_entry")
                || field.getName().equals("uninterpreted_option")) {
            problems.add(
                    name.place(),
                    field != null
                            ? "\"" + name.text() + "\" is set by the compiler only"
                            : "there is no \"" + Names.shortened(name.text()) + "\" in \"" + type.getFullName()
                                    + "\"; the name of an extension stands in parentheses");
            return Optional.empty();
        }
        return Optional.of(field);
    }

    private static boolean isOf(FieldDescriptor extension, Descriptor type) {
        return extension.getContainingType().equals(type);
    }

    /** The text format calls a group by the name of its message. */
    private static @Nullable FieldDescriptor groupField(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name.toLowerCase(Locale.ROOT));
        boolean isGroup = field != null
                && field.getType() == FieldDescriptor.Type.GROUP
                && field.getMessageType().getName().equals(name);
        return isGroup ? field : null;
    }

    private void checkUse(FieldDescriptor field, OptionName name, OptionTargetType target) {
        List<OptionTargetType> targets = field.getOptions().getTargetsList();
        if (!targets.isEmpty() && !targets.contains(target)) {
            problems.add(
                    name.place(),
                    "\"" + name + "\" cannot be set on " + shown(target) + ", only on "
                            + String.join(
                                    ", ",
                                    targets.stream()
                                            .map(OptionInterpreter::shown)
                                            .toList()));
        }
        lifetimes.check(field, name.place());
    }

    private static String shown(OptionTargetType target) {
        return switch (target) {
            case TARGET_TYPE_UNKNOWN -> "something unknown";
            case TARGET_TYPE_FILE -> "a file";
            case TARGET_TYPE_EXTENSION_RANGE -> "an extension range";
            case TARGET_TYPE_MESSAGE -> "a message";
            case TARGET_TYPE_FIELD -> "a field";
            case TARGET_TYPE_ONEOF -> "a oneof";
            case TARGET_TYPE_ENUM -> "an enum";
            case TARGET_TYPE_ENUM_ENTRY -> "an enum value";
            case TARGET_TYPE_SERVICE -> "a service";
            case TARGET_TYPE_METHOD -> "a method";
        };
    }

    private void set(FieldDescriptor field, OptionSetting setting, Message.Builder at, PendingOptions pending) {
        if (!field.isRepeated() && at.hasField(field)) {
            problems.add(setting.place(), "the option \"" + Names.shortened(setting.writtenName()) + "\" is set twice");
            return;
        }
        put(field, setting.value(), at, pending, false);
    }

    private void put(
            FieldDescriptor field,
            OptionValue value,
            Message.Builder at,
            PendingOptions pending,
            boolean isInAggregate) {
        if (value instanceof OptionValue.Many many) {
            if (!field.isRepeated()) {
                problems.add(many.place(), "\"" + field.getName() + "\" is not repeated and takes one value");
                return;
            }
            many.values().forEach(one -> put(field, one, at, pending, true));
            return;
        }
        Optional<?> converted = field.getJavaType() == JavaType.MESSAGE
                ? message(field, value, at, pending)
                : OptionScalars.of(field, value, isInAggregate);
        if (converted.isEmpty()) {
            if (field.getJavaType() != JavaType.MESSAGE || !(value instanceof OptionValue.Aggregate)) {
                problems.add(
                        value.place(),
                        "the value of \"" + field.getName() + "\" has to be " + OptionScalars.shownType(field));
            }
        } else if (field.isRepeated()) {
            at.addRepeatedField(field, converted.get());
        } else {
            at.setField(field, converted.get());
        }
        if (field.getJavaType() == JavaType.ENUM && converted.isPresent()) {
            lifetimes.check((EnumValueDescriptor) converted.get(), value.place());
        }
    }

    private Optional<Message> message(
            FieldDescriptor field, OptionValue value, Message.Builder at, PendingOptions pending) {
        if (!(value instanceof OptionValue.Aggregate aggregate)) {
            return Optional.empty();
        }
        Message.Builder message = at.newBuilderForField(field);
        fill(message, aggregate, pending);
        return Optional.of(message.buildPartial());
    }

    private void fill(Message.Builder message, OptionValue.Aggregate aggregate, PendingOptions pending) {
        for (OptionValue.Entry entry : aggregate.entries()) {
            OptionName name = entry.name();
            if (name.isExtension() && name.text().contains("/")) {
                fillAny(message, entry, pending);
                continue;
            }
            Optional<FieldDescriptor> found = field(message.getDescriptorForType(), name, pending.scope());
            if (found.isEmpty()) {
                continue;
            }
            FieldDescriptor field = found.get();
            checkUse(field, name, pending.target());
            boolean isTaken = !field.isRepeated()
                    && (message.hasField(field)
                            || (field.getContainingOneof() != null && message.hasOneof(field.getContainingOneof())));
            if (isTaken) {
                problems.add(name.place(), "\"" + name.text() + "\", or another field of its oneof, is set twice");
            } else {
                put(field, entry.value(), message, pending, true);
            }
        }
    }

    /** Packs {@code [type.googleapis.com/a.Message] {…}} into a {@code google.protobuf.Any}. */
    private void fillAny(Message.Builder any, OptionValue.Entry entry, PendingOptions pending) {
        OptionName name = entry.name();
        FieldDescriptor url = any.getDescriptorForType().findFieldByName("type_url");
        FieldDescriptor packed = any.getDescriptorForType().findFieldByName("value");
        Optional<Descriptor> type =
                extensions.message(name.text().substring(name.text().lastIndexOf('/') + 1));
        boolean isAny = any.getDescriptorForType().getFullName().equals("google.protobuf.Any");
        if (!isAny || url == null || packed == null || type.isEmpty()) {
            problems.add(
                    name.place(),
                    isAny
                            ? "the type \"" + Names.shortened(name.text())
                                    + "\" is not defined here or in an imported file"
                            : "a type in brackets stands in a google.protobuf.Any only");
        } else if (entry.value() instanceof OptionValue.Aggregate aggregate) {
            DynamicMessage.Builder message = DynamicMessage.newBuilder(type.get());
            fill(message, aggregate, pending);
            any.setField(url, name.text())
                    .setField(packed, message.buildPartial().toByteString());
        } else {
            problems.add(entry.value().place(), "the content of an Any stands in braces");
        }
    }
}
