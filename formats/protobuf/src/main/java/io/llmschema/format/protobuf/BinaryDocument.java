package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One check of one document in the wire format.
 *
 * <p>It is valid exactly if the library's parser reads it; numbers that go on after their tenth byte, of which that parser takes some, are
 * malformed. Where the format itself is broken nothing behind that place can be trusted, so
 * that is the one error then; texts that are no UTF-8 and required fields that are missing are all found.
 */
final class BinaryDocument {
    private static final String REQUIRED = "required";

    /** The end of a message that ends with its bytes. */
    private static final int NO_GROUP = 0;

    /** The beginning of a group with the number 1, which in a message set holds an extension. */
    private static final int MESSAGE_SET_ITEM = (1 << 3) | WireFormat.WIRETYPE_START_GROUP;

    private final DocumentTypes types;
    private final byte[] bytes;
    private final WireReader reader;
    private final DocumentErrors errors = new DocumentErrors();

    /** The keys that were asked for, by the offsets of their entries: many errors may lie in one large entry. */
    private final Map<Integer, String> keys = new HashMap<>();

    private int depth;

    BinaryDocument(DocumentTypes types, byte[] bytes) {
        this.types = types;
        this.bytes = bytes;
        this.reader = new WireReader(bytes, 0, bytes.length);
    }

    DocumentReport check(Descriptor type) {
        try {
            RequiredFields required = requiredOf(type, WirePath.ROOT);
            checkMessage(type, WirePath.ROOT, NO_GROUP, required);
            if (required != null) {
                addMissing(required);
            }
            return errors.report();
        } catch (Unreadable e) {
            return DocumentReport.of(e.error());
        }
    }

    private void addMissing(RequiredFields required) {
        List<RequiredFields.Missing> missing = new ArrayList<>();
        required.collect(missing);
        missing.sort(Comparator.comparingInt(RequiredFields.Missing::offset));
        for (RequiredFields.Missing lack : missing) {
            if (errors.isFull()) {
                return;
            }
            FieldDescriptor field = lack.field();
            errors.add(new DocumentError(
                    pointer(lack.path()),
                    field.getFullName(),
                    REQUIRED,
                    "message " + Names.shortened(field.getContainingType().getFullName()) + ", which begins at byte "
                            + lack.offset() + ", lacks the field '" + Names.shortened(field.getName())
                            + "', which is required: a " + TypeNames.of(field)));
        }
    }

    /**
     * Checks a message to its end.
     *
     * @param group the number of the group that it is, or {@link #NO_GROUP}
     * @param required null if nothing is required in it
     */
    private void checkMessage(Descriptor type, WirePath path, int group, @Nullable RequiredFields required)
            throws Unreadable {
        Map<FieldDescriptor, Integer> counts = new HashMap<>();
        try {
            while (!reader.isAtEnd()) {
                int tag = reader.tag();
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP) {
                    checkEnd(tag, group);
                    return;
                }
                checkField(tag, type, path, required, counts);
            }
            checkEnd(group);
        } catch (WireReader.Malformed e) {
            throw new Unreadable(pointer(path), type.getFullName(), "at byte " + reader.position() + ": " + e.reason());
        }
    }

    private static void checkEnd(int tag, int group) throws WireReader.Malformed {
        int number = WireFormat.getTagFieldNumber(tag);
        if (number != group) {
            throw new WireReader.Malformed("the end of a group " + number + " is here, where "
                    + (group == NO_GROUP ? "no group was begun" : "the group " + group + " has to end first"));
        }
    }

    private static void checkEnd(int group) throws WireReader.Malformed {
        if (group != NO_GROUP) {
            throw new WireReader.Malformed("the data ends before the group " + group + " does");
        }
    }

    private void checkField(
            int tag,
            Descriptor type,
            WirePath path,
            @Nullable RequiredFields required,
            Map<FieldDescriptor, Integer> counts)
            throws Unreadable, WireReader.Malformed {
        int wireType = WireFormat.getTagWireType(tag);
        int number = WireFormat.getTagFieldNumber(tag);
        if (tag == MESSAGE_SET_ITEM && type.getOptions().getMessageSetWireFormat()) {
            // What it holds is read only when it is asked for.
            skipGroup(number);
            return;
        }
        FieldDescriptor field = types.field(type, number);
        if (field == null) {
            skip(wireType, number);
        } else if (wireType == WireReader.wireType(field)) {
            checkValue(field, path, required, counts);
        } else if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && field.isPackable()) {
            checkPacked(field);
        } else {
            skip(wireType, number);
        }
    }

    private void checkValue(
            FieldDescriptor field,
            WirePath path,
            @Nullable RequiredFields required,
            Map<FieldDescriptor, Integer> counts)
            throws Unreadable, WireReader.Malformed {
        switch (field.getType()) {
            case ENUM -> {
                int number = (int) reader.varint();
                if (EnumReading.isOpen(field) || field.getEnumType().findValueByNumber(number) != null) {
                    set(field, required);
                }
            }
            case STRING -> {
                checkString(field, path, counts);
                set(field, required);
            }
            case MESSAGE, GROUP -> checkInside(field, path, required, counts);
            case BYTES -> {
                reader.skip(reader.length());
                set(field, required);
            }
            case DOUBLE,
                    FLOAT,
                    INT64,
                    UINT64,
                    INT32,
                    FIXED64,
                    FIXED32,
                    BOOL,
                    UINT32,
                    SFIXED32,
                    SFIXED64,
                    SINT32,
                    SINT64 -> {
                skipNumber(WireReader.wireType(field));
                set(field, required);
            }
        }
    }

    private static void set(FieldDescriptor field, @Nullable RequiredFields required) {
        if (required != null) {
            required.set(field);
        }
    }

    private void checkPacked(FieldDescriptor field) throws WireReader.Malformed {
        int before = reader.narrow(reader.length());
        while (!reader.isAtEnd()) {
            skipNumber(WireReader.wireType(field));
        }
        reader.endAt(before);
    }

    private void checkString(FieldDescriptor field, WirePath path, Map<FieldDescriptor, Integer> counts)
            throws WireReader.Malformed {
        int length = reader.length();
        int start = reader.position();
        reader.skip(length);
        int index = next(field, counts);
        if (field.needsUtf8Check() && !Utf8.isWellFormed(bytes, start, start + length) && !errors.isFull()) {
            Spot spot = field.isRepeated() ? new Spot.Element(field) : new Spot.Single(field);
            errors.add(new DocumentError(
                    pointer(path.child(field, index)),
                    field.getFullName(),
                    JsonScalars.UTF_8,
                    spot.words() + " must be UTF-8, but the " + length + " bytes from byte " + start + " on are not"));
        }
    }

    private void checkInside(
            FieldDescriptor field,
            WirePath path,
            @Nullable RequiredFields required,
            Map<FieldDescriptor, Integer> counts)
            throws Unreadable, WireReader.Malformed {
        int start = reader.position();
        boolean isGroup = field.getType() == FieldDescriptor.Type.GROUP;
        int length = isGroup ? 0 : reader.length();
        int index = next(field, counts);
        WirePath inside = path.child(field, field.isMapField() ? start : index);
        set(field, required);
        RequiredFields begun = required == null ? null : required.begun(field);
        RequiredFields message = begun != null || required == null ? begun : requiredOf(field.getMessageType(), inside);
        enter();
        if (isGroup) {
            checkMessage(field.getMessageType(), inside, field.getNumber(), message);
        } else {
            int before = reader.narrow(length);
            checkMessage(field.getMessageType(), inside, NO_GROUP, message);
            reader.endAt(before);
        }
        depth--;
        if (message != null && field.isMapField()) {
            addAbsentValue(field, inside, message);
        }
        if (required != null && begun == null && message != null) {
            required.add(field, message);
        }
    }

    /** An entry without a value has an empty one, which may lack something. */
    private void addAbsentValue(FieldDescriptor map, WirePath entryPath, RequiredFields entry) {
        FieldDescriptor value = map.getMessageType().findFieldByNumber(2);
        RequiredFields empty = requiredOf(value.getMessageType(), entryPath);
        if (entry.begun(value) == null && empty != null) {
            entry.add(value, empty);
        }
    }

    /** The place of the next value among those of its field. */
    private static int next(FieldDescriptor field, Map<FieldDescriptor, Integer> counts) {
        return field.isRepeated() ? counts.merge(field, 1, Integer::sum) - 1 : 0;
    }

    private @Nullable RequiredFields requiredOf(Descriptor type, WirePath path) {
        return types.isDemanding(type)
                ? new RequiredFields(types.namesOf(type).required(), path, reader.position())
                : null;
    }

    private void enter() throws WireReader.Malformed {
        if (depth == ProtobufValidator.MAX_MESSAGES) {
            throw new WireReader.Malformed("messages are nested deeper than " + ProtobufValidator.MAX_MESSAGES
                    + " levels, which no parser reads by default");
        }
        depth++;
    }

    private void skip(int wireType, int number) throws WireReader.Malformed {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT, WireFormat.WIRETYPE_FIXED32, WireFormat.WIRETYPE_FIXED64 ->
                skipNumber(wireType);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> reader.skip(reader.length());
            case WireFormat.WIRETYPE_START_GROUP -> {
                enter();
                skipGroup(number);
                depth--;
            }
            default -> throw new WireReader.Malformed("there is no wire type " + wireType);
        }
    }

    private void skipGroup(int group) throws WireReader.Malformed {
        while (!reader.isAtEnd()) {
            int tag = reader.tag();
            int wireType = WireFormat.getTagWireType(tag);
            if (wireType == WireFormat.WIRETYPE_END_GROUP) {
                checkEnd(tag, group);
                return;
            }
            skip(wireType, WireFormat.getTagFieldNumber(tag));
        }
        checkEnd(group);
    }

    private void skipNumber(int wireType) throws WireReader.Malformed {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> reader.varint();
            case WireFormat.WIRETYPE_FIXED32 -> reader.skip(Integer.BYTES);
            case WireFormat.WIRETYPE_FIXED64 -> reader.skip(Long.BYTES);
            default -> throw new IllegalArgumentException("no number has the wire type " + wireType);
        }
    }

    private String pointer(WirePath path) {
        return JsonScalars.pointer(path.pointer(this::keyAt));
    }

    /** The key of the map entry that begins with its length at an offset, as JSON writes it; empty if it has none that can be read. */
    private String keyAt(int offset, FieldDescriptor map) {
        return keys.computeIfAbsent(offset, start -> MapKey.of(bytes, start, map));
    }
}
