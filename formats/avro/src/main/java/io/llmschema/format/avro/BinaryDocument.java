package io.llmschema.format.avro;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.avro.DocumentPath.Step;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a document in Avro's binary encoding.
 *
 * <p>Nothing in it says where a value begins but the values before it. So a mistake in a length, a count or the number of a branch is the only
 * error of its document: what comes after cannot be read, and what came before may have been the mistake. Mistakes within a value are all found.
 *
 * <p>It goes by the specification where the library is lax: text that is not UTF-8, booleans other than 0 and 1, numbers with bits beyond their
 * size, sizes of blocks that are not the blocks' (who passes over a block goes by its size, who reads it does not).
 *
 * <p>Nothing is copied or allocated by what a length claims. Values that take no byte are not looked at, so that a count of them costs nothing.
 */
final class BinaryDocument {
    /**
     * The most values in a document. A value takes a byte or holds one that does, so only schemas of hundreds of records in each other
     * come here with less than fifty megabytes.
     */
    private static final int MAX_VALUES = 50_000_000;

    /** The most items of an array or a map that the library takes: what its largest list can hold. */
    private static final long MAX_ITEMS = Integer.MAX_VALUE - 8;

    private static final int MAX_BYTES_OF_AN_INT = 5;
    private static final int MAX_BYTES_OF_A_LONG = 10;
    private static final int BITS_OF_A_VARINT_BYTE = 7;
    private static final int DECODED_AT_A_TIME = 1_024;
    private static final long NO_SIZE = -1;

    private final byte[] document;
    private final DocumentPath path = new DocumentPath();
    private final DocumentErrors errors = new DocumentErrors();
    private int position;
    private int values;
    private @Nullable DocumentError broken;

    private BinaryDocument(byte[] document, int start) {
        this.document = document;
        this.position = start;
    }

    /** @param start where the datum begins */
    static DocumentReport check(byte[] document, int start, DataType type) {
        BinaryDocument walk = new BinaryDocument(document, start);
        walk.value(type);
        if (walk.broken == null && !walk.errors.isFull() && walk.left() > 0) {
            walk.breakOff(
                    type,
                    "%d of the document's %d bytes are left after the datum, which ends at byte %d"
                            .formatted(walk.left(), document.length, walk.position));
        }
        return walk.broken == null ? walk.errors.report() : DocumentReport.of(walk.broken);
    }

    private int left() {
        return document.length - position;
    }

    private boolean isOver() {
        return broken != null || errors.isFull();
    }

    /** Recursive, and bounded by {@link DocumentValidator#MAX_DEPTH}. */
    private void value(DataType type) {
        if (++values > MAX_VALUES) {
            throw new RegistryException.TooMuchToValidate("it has more than " + MAX_VALUES + " values");
        }
        switch (type) {
            case DataType.Primitive primitive -> primitive(primitive);
            case DataType.RecordType record -> record(record);
            case DataType.UnionType union -> union(union);
            case DataType.ArrayType array -> blocks(array, array.items(), false);
            case DataType.MapType map -> blocks(map, map.values(), true);
            case DataType.EnumType enumeration -> enumeration(enumeration);
            case DataType.FixedType fixed -> fixed(fixed);
        }
    }

    private void enter(Step step, DataType type) {
        path.enter(step);
        if (path.depth() > DocumentValidator.MAX_DEPTH) {
            breakOff(type, "values are nested deeper than " + DocumentValidator.MAX_DEPTH + " levels");
        } else {
            value(type);
        }
        path.leave();
    }

    private void primitive(DataType.Primitive type) {
        switch (type.kind()) {
            case NULL -> {
                // It takes no byte.
            }
            case BOOLEAN -> bool(type);
            case INT -> number(type, readInt(type, "an int", "range"), type.rule());
            case LONG -> number(type, readLong(type, "a long", "range"), type.rule());
            case FLOAT -> skip(type, Float.BYTES, "a float");
            case DOUBLE -> skip(type, Double.BYTES, "a double");
            case BYTES -> {
                int length = readLength(type, "bytes");
                if (broken == null) {
                    rule(type, type.rule(), position, length);
                    position += length;
                }
            }
            case STRING -> {
                int length = readLength(type, "a string");
                if (broken == null) {
                    string(type, position, length);
                    position += length;
                }
            }
        }
    }

    private void bool(DataType.Primitive type) {
        int at = position;
        if (skip(type, 1, "a boolean") && (document[at] & ~1) != 0) {
            report(
                    type,
                    "type",
                    "%s must be a boolean, the byte 0 or 1, but byte %d is 0x%02X"
                            .formatted(path.subject(), at, document[at]));
        }
    }

    private void number(DataType type, long value, LogicalRule rule) {
        if (rule instanceof LogicalRule.TimeOfDay time && broken == null && !time.allows(value)) {
            report(
                    type,
                    "logicalType",
                    "%s must be a %s, from 0 to %d, but it is %d"
                            .formatted(path.subject(), time.name(), time.unitsOfADay() - 1, value));
        }
    }

    private void string(DataType.Primitive type, int start, int length) {
        if (!isText(start, length)) {
            report(
                    type,
                    "type",
                    "%s must be a string, but the %d bytes from byte %d on are not well-formed UTF-8"
                            .formatted(path.subject(), length, start));
        } else if (type.rule() instanceof LogicalRule.Uuid uuid) {
            // What is longer is none either.
            String text = new String(document, start, Math.min(length, 100), StandardCharsets.UTF_8);
            if (!uuid.allows(text)) {
                report(
                        type,
                        "logicalType",
                        "%s must be a UUID, such as \"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\", but it is the string '%s'"
                                .formatted(path.subject(), Wording.cut(text, 60)));
            }
        }
    }

    /** Most text is ASCII, which needs no decoder. */
    private boolean isText(int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (document[i] < 0) {
                return isUtf8(ByteBuffer.wrap(document, i, start + length - i));
            }
        }
        return true;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(Math.min(bytes.remaining(), DECODED_AT_A_TIME));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(bytes, decoded.clear(), true);
        }
        return result.isUnderflow();
    }

    private void rule(DataType type, LogicalRule rule, int start, int length) {
        if (rule instanceof LogicalRule.Decimal decimal) {
            decimal.complaint(document, start, length)
                    .ifPresent(complaint ->
                            report(type, "logicalType", path.subject() + " must be a decimal, but " + complaint));
        }
    }

    private void fixed(DataType.FixedType type) {
        int start = position;
        if (skip(type, type.size(), type.words())) {
            rule(type, type.rule(), start, type.size());
        }
    }

    private void enumeration(DataType.EnumType type) {
        int at = position;
        int index = readInt(type, "the number of a symbol", "range");
        if (broken == null && (index < 0 || index >= type.symbols().size())) {
            report(
                    type,
                    "enum",
                    "%s must be the number of a symbol of enum '%s', from 0 to %d, but at byte %d it is %d; its symbols are %s"
                            .formatted(
                                    path.subject(),
                                    type.label(),
                                    type.symbols().size() - 1,
                                    at,
                                    index,
                                    Wording.list(type.symbols().stream())));
        }
    }

    private void record(DataType.RecordType type) {
        List<DataType.Field> fields = type.written();
        for (int i = 0; i < fields.size() && !isOver(); i++) {
            DataType.Field field = fields.get(i);
            enter(new Step.IntoField(field.name()), field.type());
        }
    }

    private void union(DataType.UnionType type) {
        int at = position;
        int index = readInt(type, "the number of a union's branch", DocumentError.SYNTAX);
        if (broken != null) {
            return;
        }
        if (index < 0 || index >= type.branches().size()) {
            breakOff(
                    type,
                    "%s is a union, and at byte %d stands the number of its branch, from 0 to %d, but it is %d"
                            .formatted(path.subject(), at, type.branches().size() - 1, index));
            return;
        }
        DataType branch = type.branches().get(index);
        if (!branch.isWithoutBytes()) {
            enter(new Step.IntoBranch(branch.label()), branch);
        }
    }

    /** The items of an array, or the entries of a map. */
    private void blocks(DataType type, DataType items, boolean haveKeys) {
        long before = 0;
        while (!isOver()) {
            int at = position;
            long count = readLong(type, "the count of a block", DocumentError.SYNTAX);
            if (broken != null || count == 0) {
                return;
            }
            long size = NO_SIZE;
            if (count < 0) {
                size = readSize(type, at);
                // The smallest long has no opposite, and is refused below.
                count = -count;
            }
            if (broken == null) {
                checkBlock(type, at, count, before, size);
            }
            if (broken == null) {
                int start = position;
                items(items, before, count, haveKeys);
                before += count;
                if (!isOver() && size != NO_SIZE && position - start != size) {
                    breakOff(
                            type,
                            "%s has a block at byte %d that says it takes %d bytes, but its items take %d"
                                    .formatted(path.subject(), at, size, position - start));
                }
            }
        }
    }

    private long readSize(DataType type, int at) {
        long size = readLong(type, "the size of a block", DocumentError.SYNTAX);
        if (broken == null && size < 0) {
            breakOff(type, "%s has a block at byte %d with the size %d".formatted(path.subject(), at, size));
        }
        return size;
    }

    private void checkBlock(DataType type, int at, long count, long before, long size) {
        if (count < 0 || count > MAX_ITEMS - before) {
            breakOff(
                    type,
                    "%s has a block at byte %d with a count of items that no list can hold"
                            .formatted(path.subject(), at));
        } else if (size > left()) {
            breakOff(
                    type,
                    "%s has a block at byte %d that says it takes %d bytes, but %d are left"
                            .formatted(path.subject(), at, size, left()));
        }
    }

    private void items(DataType items, long first, long count, boolean haveKeys) {
        if (!haveKeys && items.isWithoutBytes()) {
            return;
        }
        for (long i = first; i < first + count && !isOver(); i++) {
            if (haveKeys) {
                entry(items);
            } else {
                enter(new Step.IntoItem(i), items);
            }
        }
    }

    private void entry(DataType values) {
        int length = readLength(values, "the key of a map");
        if (broken != null) {
            return;
        }
        int start = position;
        position += length;
        if (!isText(start, length)) {
            report(
                    values,
                    "type",
                    "%s has a key of which the %d bytes from byte %d on are not well-formed UTF-8"
                            .formatted(path.subject(), length, start));
        }
        enter(new Step.IntoValueAt(document, start, length), values);
    }

    /** False where there are not so many bytes. */
    private boolean skip(DataType type, int length, String what) {
        if (length > left()) {
            breakOff(
                    type,
                    "%s is %s from byte %d on, which takes %d bytes, but %d are left"
                            .formatted(path.subject(), what, position, length, left()));
            return false;
        }
        position += length;
        return true;
    }

    /** A length of what follows, which is there. */
    private int readLength(DataType type, String what) {
        int at = position;
        long length = readLong(type, "the length of " + what, DocumentError.SYNTAX);
        if (broken == null && (length < 0 || length > left())) {
            breakOff(
                    type,
                    "%s has at byte %d the length of %s, %d, but %d bytes are left"
                            .formatted(path.subject(), at, what, length, left()));
        }
        return broken == null ? (int) length : 0;
    }

    /** @param keyword of the error where the number has too many bits */
    private int readInt(DataType type, String what, String keyword) {
        int at = position;
        long raw = readVarint(type, MAX_BYTES_OF_AN_INT, what);
        if (raw >>> Integer.SIZE != 0) {
            tooManyBits(type, what, at, Integer.SIZE, keyword);
        }
        int number = (int) raw;
        return (number >>> 1) ^ -(number & 1);
    }

    /** @param keyword of the error where the number has too many bits */
    private long readLong(DataType type, String what, String keyword) {
        int at = position;
        long raw = readVarint(type, MAX_BYTES_OF_A_LONG, what);
        boolean isTenth = position - at == MAX_BYTES_OF_A_LONG;
        if (isTenth && (document[position - 1] & ~1) != 0) {
            tooManyBits(type, what, at, Long.SIZE, keyword);
        }
        return (raw >>> 1) ^ -(raw & 1);
    }

    private void tooManyBits(DataType type, String what, int at, int bits, String keyword) {
        String message = "%s has %s at byte %d with more than %d bits".formatted(path.subject(), what, at, bits);
        if (keyword.equals(DocumentError.SYNTAX)) {
            breakOff(type, message);
        } else {
            report(type, keyword, message);
        }
    }

    private long readVarint(DataType type, int maxBytes, String what) {
        long number = 0;
        for (int i = 0; i < maxBytes; i++) {
            if (position == document.length) {
                breakOff(
                        type,
                        "%s has %s that the end of the document, at byte %d, cuts off"
                                .formatted(path.subject(), what, position));
                return 0;
            }
            byte next = document[position++];
            number |= (next & 0x7FL) << (i * BITS_OF_A_VARINT_BYTE);
            if (next >= 0) {
                return number;
            }
        }
        breakOff(
                type,
                "%s has %s that ends at byte %d at the latest, but goes on"
                        .formatted(path.subject(), what, position - 1));
        return 0;
    }

    /** The first is the one: what is unwound adds nothing. */
    private void breakOff(DataType type, String message) {
        if (broken == null) {
            broken = new DocumentError(path.pointer(), type.place().toString(), DocumentError.SYNTAX, message);
        }
    }

    private void report(DataType type, String keyword, String message) {
        errors.add(path, type.place(), keyword, message);
    }
}
