package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Witness;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON mapping: fields and values of enums are known by their names, and what the reader does not know it refuses.
 *
 * <p>Not safe for several threads.
 */
final class JsonEncoding implements Encoding {
    private final Map<Descriptor, Map<String, FieldDescriptor>> fieldsByName = new HashMap<>();

    @Override
    public DataEncoding aspect() {
        return DataEncoding.JSON;
    }

    @Override
    public String mediaType() {
        return Witness.JSON;
    }

    @Override
    public Optional<String> write(Message message) {
        try {
            return Optional.of(
                    JsonFormat.printer().omittingInsignificantWhitespace().print(message));
        } catch (InvalidProtocolBufferException | RuntimeException _) {
            // The printer takes it for granted that the language's own messages have the fields that they have.
            return Optional.empty();
        }
    }

    @Override
    public Reading read(String document, Descriptor type) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        try {
            JsonFormat.parser().merge(document, builder);
            return new Reading.Read(builder.buildPartial());
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            // Some of what is malformed, or lacks what is required, the parser reports in a way of its own.
            return new Reading.Refused(Refusals.sentence("the document", type, e));
        }
    }

    @Override
    public Optional<FieldDescriptor> counterpart(FieldDescriptor field, Descriptor reader) {
        Map<String, FieldDescriptor> names = fieldsByName.computeIfAbsent(reader, JsonEncoding::byName);
        return Optional.ofNullable(names.get(field.getJsonName()));
    }

    @Override
    public Optional<FieldDescriptor> namesake(FieldDescriptor field, Descriptor reader) {
        return Optional.empty();
    }

    @Override
    public boolean dropsUnknownFields() {
        return false;
    }

    @Override
    public boolean isReadable(Cardinality writer, Cardinality reader) {
        return writer == reader;
    }

    @Override
    public boolean isReadable(FieldDescriptor writer, FieldDescriptor reader) {
        return JsonTypes.isReadable(JsonTypes.unwrap(writer), JsonTypes.unwrap(reader));
    }

    @Override
    public boolean hasFields(Descriptor message) {
        return !WellKnownTypes.hasOwnForm(message);
    }

    @Override
    public boolean isSame(Element written, Element read) {
        return JsonTypes.isSame(written, read);
    }

    @Override
    public Element unwrap(Element element) {
        FieldDescriptor inside = JsonTypes.unwrap(element.field());
        return inside.equals(element.field())
                ? element
                : new Element(inside, ((Message) element.value()).getField(inside));
    }

    @Override
    public boolean leavesOutDefault(FieldDescriptor field) {
        boolean isPartOfEntry = field.getContainingType().getOptions().getMapEntry();
        return !isPartOfEntry && Encoding.super.leavesOutDefault(field);
    }

    @Override
    public boolean isReadable(EnumReading reading) {
        return reading.isNameKnown();
    }

    /** Both names of a field are read; where two fields share a name, the parser takes the later one. */
    private static Map<String, FieldDescriptor> byName(Descriptor message) {
        Map<String, FieldDescriptor> names = new HashMap<>();
        for (FieldDescriptor field : message.getFields()) {
            names.put(field.getName(), field);
            names.put(field.getJsonName(), field);
        }
        return names;
    }
}
