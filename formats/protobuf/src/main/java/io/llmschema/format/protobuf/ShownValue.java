package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Message;
import io.llmschema.format.protobuf.Encoding.Element;
import java.util.HexFormat;

/** A value of a field in a sentence for people. */
final class ShownValue {
    private ShownValue() {}

    static String of(Element element) {
        return switch (element.value()) {
            case String text -> text.isEmpty() ? "empty" : "the text \"" + Names.shortened(text) + "\"";
            case ByteString bytes when bytes.isEmpty() -> "empty";
            case ByteString bytes ->
                "the bytes 0x" + Names.shortened(HexFormat.of().withUpperCase().formatHex(bytes.toByteArray()));
            case EnumValueDescriptor value -> Names.shortened(value.getName()) + " (" + value.getNumber() + ")";
            case Message message ->
                "a " + Names.shortened(message.getDescriptorForType().getFullName());
            case Boolean truth -> truth.toString();
            default ->
                NumberValues.integer(element)
                        .map(Object::toString)
                        .orElseGet(() -> element.value().toString());
        };
    }
}
