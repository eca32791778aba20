package io.llmschema.format.protobuf;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages of the language's own files to which the JSON mapping gives a form of their own. */
final class WellKnownTypes {
    private static final Map<String, Descriptor> WRAPPERS = byName(
            DoubleValue.getDescriptor(),
            FloatValue.getDescriptor(),
            Int64Value.getDescriptor(),
            UInt64Value.getDescriptor(),
            Int32Value.getDescriptor(),
            UInt32Value.getDescriptor(),
            BoolValue.getDescriptor(),
            StringValue.getDescriptor(),
            BytesValue.getDescriptor());

    private static final Map<String, Descriptor> OTHERS = byName(
            Any.getDescriptor(),
            Timestamp.getDescriptor(),
            Duration.getDescriptor(),
            FieldMask.getDescriptor(),
            Struct.getDescriptor(),
            Value.getDescriptor(),
            ListValue.getDescriptor());

    private WellKnownTypes() {}

    /** Whether the message is written as the value of its only field is. */
    static boolean isWrapper(Descriptor message) {
        return WRAPPERS.containsKey(message.getFullName()) && isGenuine(message);
    }

    /** The field as whose value a message of that name is written, as the language itself has it; empty if it is no wrapper. */
    static Optional<FieldDescriptor> wrapped(Descriptor message) {
        return Optional.ofNullable(WRAPPERS.get(message.getFullName()))
                .map(wrapper -> wrapper.findFieldByName("value"));
    }

    /** Whether the message is not written as an object with its fields. */
    static boolean hasOwnForm(Descriptor message) {
        return OTHERS.containsKey(message.getFullName()) || WRAPPERS.containsKey(message.getFullName());
    }

    /** Whether the field holds nothing but JSON's {@code null}. */
    static boolean isNull(FieldDescriptor field) {
        return field.getJavaType() == JavaType.ENUM
                && field.getEnumType()
                        .getFullName()
                        .equals(NullValue.getDescriptor().getFullName());
    }

    /** Whether the two are the same message of the language, and as the language has it: a reference can replace its files. */
    static boolean isSame(Descriptor message, Descriptor other) {
        return message.getFullName().equals(other.getFullName()) && isGenuine(message) && isGenuine(other);
    }

    private static boolean isGenuine(Descriptor message) {
        Descriptor wrapper = WRAPPERS.get(message.getFullName());
        Descriptor original = wrapper == null ? OTHERS.get(message.getFullName()) : wrapper;
        return original != null
                && original.getFile().getMessageTypes().stream().allMatch(each -> {
                    Descriptor same = message.getFile().findMessageTypeByName(each.getName());
                    return same != null && fields(same).equals(fields(each));
                });
    }

    private static Map<Integer, String> fields(Descriptor message) {
        return message.getFields().stream()
                .collect(Collectors.toMap(FieldDescriptor::getNumber, WellKnownTypes::signature));
    }

    private static String signature(FieldDescriptor field) {
        return field.getName() + " " + Cardinality.of(field) + " " + TypeNames.of(field);
    }

    private static Map<String, Descriptor> byName(Descriptor... messages) {
        return Stream.of(messages).collect(Collectors.toUnmodifiableMap(Descriptor::getFullName, Function.identity()));
    }
}
