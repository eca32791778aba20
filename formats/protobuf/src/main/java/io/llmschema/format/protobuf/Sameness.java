package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.llmschema.format.protobuf.Encoding.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a message that was read is the one that was written.
 *
 * <p>It is if every field that was written, and that the reader has, has the same value:
 *
 * <ul>
 *   <li>numbers are the same if they are equal, whatever their types; in the wire format a bool is 0 or 1 and an enum its number;
 *   <li>a value of an enum is the same if it has the same number (wire format; unless the reader has its name for another number) or
 *       the same name (JSON);
 *   <li>a text is the same as the bytes of its UTF-8, and a message the same as the bytes that it is on the wire, in the wire
 *       format only;
 *   <li>one value is the same as a list with nothing else; of map entries with the same key the last one counts;
 *   <li>a field that the writer leaves out because it has the default value of its type is the same if the reader has that value
 *       there too, or an empty list.
 * </ul>
 *
 * <p>A field that the reader does not have is no difference: its content is kept aside, or the document is refused. If the reader
 * has a field of that name with another number, however, what was written does not arrive there, and that is a difference. Whether a
 * scalar was set or has its default value is not looked at, nor are the defaults of fields that the writer did not set: both may
 * differ by the language's own rules.
 */
final class Sameness {
    private final Encoding encoding;

    Sameness(Encoding encoding) {
        this.encoding = encoding;
    }

    /** What differs between two messages, in a sentence; empty if they are the same. */
    Optional<String> difference(Message written, Message read) {
        for (FieldDescriptor field : written.getDescriptorForType().getFields()) {
            Optional<String> difference = difference(field, written, read);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** What differs in one field of the writer. */
    Optional<String> difference(FieldDescriptor field, Message written, Message read) {
        Descriptor reader = read.getDescriptorForType();
        Optional<FieldDescriptor> counterpart = encoding.counterpart(field, reader);
        boolean isWritten = field.isRepeated() ? written.getRepeatedFieldCount(field) > 0 : written.hasField(field);
        if (!isWritten) {
            return counterpart.flatMap(other -> differenceOfDefaults(field, written, other, read));
        }
        Optional<FieldDescriptor> namesake = encoding.namesake(field, reader);
        if (namesake.isPresent()) {
            return Optional.of(
                    "the content of " + name(field) + " is not found in the field of that name, because its number is "
                            + namesake.get().getNumber() + " there");
        }
        return counterpart.flatMap(other -> difference(field, written, other, read));
    }

    private Optional<String> differenceOfDefaults(
            FieldDescriptor field, Message written, FieldDescriptor other, Message read) {
        boolean isValue = !field.isRepeated() && !field.hasPresence();
        if (!isValue || other.isRepeated() || other.getJavaType() == JavaType.MESSAGE) {
            return Optional.empty();
        }
        Element left = new Element(field, written.getField(field));
        Element right = new Element(other, read.getField(other));
        return isSameDefault(left, right) ? Optional.empty() : Optional.of(sentence(left, right));
    }

    /** Whether a value that the writer leaves out is the one that the reader assumes. */
    boolean isSameDefault(Element left, Element right) {
        if (left.value() instanceof EnumValueDescriptor value
                && right.value() instanceof EnumValueDescriptor other
                && encoding.leavesOutDefault(left.field())) {
            // What is not written has no name in any encoding.
            return EnumReading.isSameNumber(value, other, right.field());
        }
        return encoding.isSame(left, right);
    }

    private Optional<String> difference(FieldDescriptor field, Message written, FieldDescriptor other, Message read) {
        if (field.isMapField() != other.isMapField() && !encoding.isReadable(Cardinality.MAP, Cardinality.REPEATED)) {
            return Optional.of(name(field) + " is a map on one side only");
        }
        List<?> values = values(field, written);
        List<?> found =
                other.isMapField() && !field.isMapField() ? lastByKey(values(other, read)) : values(other, read);
        if (values.size() != found.size()) {
            return Optional.of(
                    "of " + values.size() + " values of " + name(field) + ", " + found.size() + " are found");
        }
        for (int i = 0; i < values.size(); i++) {
            Optional<String> difference =
                    difference(new Element(field, values.get(i)), new Element(other, found.get(i)));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(Element written, Element read) {
        Element left = encoding.unwrap(written);
        Element right = encoding.unwrap(read);
        if (left.value() instanceof Message message
                && right.value() instanceof Message other
                && encoding.hasFields(message.getDescriptorForType())
                && encoding.hasFields(other.getDescriptorForType())) {
            return difference(message, other);
        }
        return encoding.isSame(left, right) ? Optional.empty() : Optional.of(sentence(left, right));
    }

    /** The values of a field, however many it can have; a message that is not there is none. */
    private static List<?> values(FieldDescriptor field, Message message) {
        if (field.isRepeated()) {
            return (List<?>) message.getField(field);
        }
        boolean isMissing = field.getJavaType() == JavaType.MESSAGE && !message.hasField(field);
        return isMissing ? List.of() : List.of(message.getField(field));
    }

    private static List<Message> lastByKey(List<?> entries) {
        Map<Object, Message> byKey = new LinkedHashMap<>();
        for (Object entry : entries) {
            Message message = (Message) entry;
            byKey.put(message.getField(message.getDescriptorForType().findFieldByNumber(1)), message);
        }
        return List.copyOf(byKey.values());
    }

    private static String sentence(Element written, Element read) {
        return name(written.field()) + " is " + ShownValue.of(written) + " to the writer and " + ShownValue.of(read)
                + " to the reader";
    }

    private static String name(FieldDescriptor field) {
        return Names.shortened(field.getFullName());
    }
}
