package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Values of fields that are likely to show an incompatibility: those at the ends of what types can hold. */
final class Candidates {
    private static final List<BigInteger> INTEGERS = Stream.of(
                    "1",
                    "2",
                    "-1",
                    "2147483647",
                    "-2147483648",
                    "2147483648",
                    "4294967295",
                    "4294967296",
                    "1099511627776",
                    "16777217",
                    "9007199254740993",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "9223372036854775808",
                    "18446744073709551615")
            .map(BigInteger::new)
            .toList();

    private static final ByteString NOT_UTF8 = ByteString.copyFrom(new byte[] {(byte) 0xFF});

    private final Samples samples;

    Candidates(Samples samples) {
        this.samples = samples;
    }

    /** Everything to be tried in a field. */
    List<Candidate> of(FieldDescriptor field) {
        if (field.isMapField()) {
            return ofMap(field);
        }
        List<Candidate> all = new ArrayList<>(of(field, field));
        List<Object> values = values(field);
        if (field.isRepeated() && !values.isEmpty()) {
            all.add(new Candidate(Map.of(field, List.of(values.getFirst(), values.getLast()))));
            // The same twice: messages may be entries of a map, where the key decides.
            all.add(new Candidate(Map.of(field, List.of(values.getFirst(), values.getFirst()))));
        }
        return all;
    }

    private List<Candidate> ofMap(FieldDescriptor map) {
        List<Candidate> all = new ArrayList<>();
        map.getMessageType().getFields().forEach(part -> all.addAll(of(map, part)));
        List<Object> entries = all.stream()
                .flatMap(candidate -> ((List<?>) candidate.values().getOrDefault(map, List.of())).stream())
                .map(Object.class::cast)
                .limit(2)
                .toList();
        all.add(new Candidate(Map.of(map, entries)));
        return all;
    }

    /**
     * Single values.
     *
     * @param part the field, or the key or the value of its entries
     */
    List<Candidate> of(FieldDescriptor field, FieldDescriptor part) {
        if (part.isMapField()) {
            return of(part);
        }
        return values(part).stream()
                .flatMap(value -> of(field, part, value).stream())
                .toList();
    }

    /** One value; empty if the entry that it is to be part of cannot be made. */
    Optional<Candidate> of(FieldDescriptor field, FieldDescriptor part, Object value) {
        return part.equals(field) ? Optional.of(Candidate.of(field, value)) : entry(field, part, value);
    }

    /** The first value to be tried. */
    Optional<Candidate> first(FieldDescriptor field) {
        return of(field).stream().findFirst();
    }

    /** An entry of a map with nothing set. */
    static Candidate emptyEntry(FieldDescriptor map) {
        return Candidate.of(map, DynamicMessage.getDefaultInstance(map.getMessageType()));
    }

    private Optional<Candidate> entry(FieldDescriptor map, FieldDescriptor part, Object value) {
        Descriptor type = map.getMessageType();
        DynamicMessage.Builder entry = DynamicMessage.newBuilder(type).setField(part, value);
        for (FieldDescriptor other : type.getFields()) {
            List<Object> values = other.equals(part) ? List.of(value) : values(other);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            entry.setField(other, values.getFirst());
        }
        return Optional.of(Candidate.of(map, entry.build()));
    }

    private List<Object> values(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> integers(field);
            case FLOAT -> List.of(1.5f, 0.1f, 1e30f);
            case DOUBLE -> List.of(1.5, 0.1, 1e300);
            case BOOLEAN -> List.of(true, false);
            case STRING -> List.of("a", "%", "ä");
            case BYTE_STRING -> List.of(NOT_UTF8, ByteString.copyFromUtf8("a"));
            case ENUM -> enumValues(field.getEnumType().getValues());
            case MESSAGE -> messages(field.getMessageType());
        };
    }

    /** Messages with something in their first field, of which one will do unless that field is all there is; and the smallest. */
    private List<Object> messages(Descriptor type) {
        Stream<Message> filled = type.getFields().stream()
                .filter(field -> !field.isRepeated() && field.getJavaType() != JavaType.MESSAGE)
                .limit(1)
                .flatMap(field -> of(field).stream().limit(WellKnownTypes.isWrapper(type) ? Integer.MAX_VALUE : 1))
                .flatMap(candidate -> samples.complete(type, candidate).stream());
        return Stream.concat(filled, samples.smallest(type).stream())
                .map(Object.class::cast)
                .toList();
    }

    private static List<Object> integers(FieldDescriptor field) {
        IntegerRange range = IntegerRange.of(field).orElseThrow();
        return INTEGERS.stream()
                .filter(range::contains)
                .map(number -> NumberValues.toValue(field, number))
                .toList();
    }

    /** The greatest and the least, which are at the ends of the range, and one that is not 0. */
    private static List<Object> enumValues(List<EnumValueDescriptor> values) {
        Comparator<EnumValueDescriptor> byNumber = Comparator.comparingInt(EnumValueDescriptor::getNumber);
        Stream<EnumValueDescriptor> ends = Stream.of(
                        values.stream().max(byNumber), values.stream().min(byNumber))
                .flatMap(Optional::stream);
        return Stream.concat(
                        values.stream().filter(value -> value.getNumber() != 0).limit(1), ends)
                .distinct()
                .map(Object.class::cast)
                .toList();
    }
}
