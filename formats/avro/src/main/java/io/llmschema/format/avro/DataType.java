package io.llmschema.format.avro;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A type made ready to check data: names are resolved, what is looked up is in maps, and it knows where it stands in the schema. */
sealed interface DataType {
    SchemaPlace place();

    /** What it is called as a branch of a union: the full name of a named type, the kind of another. */
    String label();

    /** Whether every datum takes no byte in the binary encoding; if not, each takes one at least. */
    boolean isWithoutBytes();

    /** The kinds of values that have no parts and no names. */
    enum Kind {
        NULL("null", "null"),
        BOOLEAN("boolean", "a boolean"),
        INT("int", "an int"),
        LONG("long", "a long"),
        FLOAT("float", "a float"),
        DOUBLE("double", "a double"),
        BYTES("bytes", "bytes"),
        STRING("string", "a string");

        private final String label;
        private final String words;

        Kind(String label, String words) {
            this.label = label;
            this.words = words;
        }

        String label() {
            return label;
        }

        /** With its article. */
        String words() {
            return words;
        }
    }

    record Primitive(Kind kind, LogicalRule rule, SchemaPlace place) implements DataType {
        @Override
        public String label() {
            return kind.label();
        }

        @Override
        public boolean isWithoutBytes() {
            return kind == Kind.NULL;
        }
    }

    record FixedType(String label, int size, LogicalRule rule, SchemaPlace place) implements DataType {
        @Override
        public boolean isWithoutBytes() {
            return size == 0;
        }
    }

    /** @param symbolSet the symbols again, to be found */
    record EnumType(String label, List<String> symbols, Set<String> symbolSet, SchemaPlace place) implements DataType {
        @Override
        public boolean isWithoutBytes() {
            return false;
        }
    }

    record ArrayType(DataType items, SchemaPlace place) implements DataType {
        @Override
        public String label() {
            return "array";
        }

        @Override
        public boolean isWithoutBytes() {
            return false;
        }
    }

    record MapType(DataType values, SchemaPlace place) implements DataType {
        @Override
        public String label() {
            return "map";
        }

        @Override
        public boolean isWithoutBytes() {
            return false;
        }
    }

    record UnionType(List<DataType> branches, Map<String, DataType> byLabel, SchemaPlace place) implements DataType {
        static UnionType of(List<DataType> branches, SchemaPlace place) {
            return new UnionType(
                    List.copyOf(branches),
                    branches.stream().collect(Collectors.toUnmodifiableMap(DataType::label, branch -> branch)),
                    place);
        }

        /** Whether null, which has no tag, is one of the branches. */
        boolean takesNull() {
            return byLabel.containsKey(Kind.NULL.label());
        }

        @Override
        public String label() {
            return "union";
        }

        @Override
        public boolean isWithoutBytes() {
            return false;
        }
    }

    /** @param index which of the record's fields it is */
    record Field(String name, int index, Set<String> aliases, DataType type) {}

    /** A record; its fields are set once, as they may lead back to it. */
    final class RecordType implements DataType {
        private final String label;
        private final SchemaPlace place;
        private List<Field> fields = List.of();
        private List<Field> written = List.of();
        private Map<String, Field> byName = Map.of();
        private boolean isWithoutBytes;

        RecordType(String label, SchemaPlace place) {
            this.label = label;
            this.place = place;
        }

        void complete(List<Field> fields) {
            this.fields = List.copyOf(fields);
            this.byName = fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, field -> field));
            this.written = fields.stream()
                    .filter(field -> !field.type().isWithoutBytes())
                    .toList();
            this.isWithoutBytes = written.isEmpty();
        }

        List<Field> fields() {
            return fields;
        }

        /** The fields that take bytes: thousands of nulls take time only where they are looked at. */
        List<Field> written() {
            return written;
        }

        Optional<Field> field(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        SchemaPlace placeOf(Field field) {
            return place.at(place.pointer().child("fields").child(field.index()));
        }

        @Override
        public SchemaPlace place() {
            return place;
        }

        @Override
        public String label() {
            return label;
        }

        /** False until it is complete: what holds itself without a choice has no end, and so no datum at all. */
        @Override
        public boolean isWithoutBytes() {
            return isWithoutBytes;
        }
    }

    /** What it is, with its article. */
    default String words() {
        return switch (this) {
            case Primitive primitive -> primitive.kind().words();
            case FixedType fixed -> "a fixed '" + fixed.label() + "' of " + fixed.size() + " bytes";
            case EnumType enumeration -> "a symbol of enum '" + enumeration.label() + "'";
            case ArrayType _ -> "an array";
            case MapType _ -> "a map";
            case UnionType union ->
                "a union of " + Wording.list(union.branches().stream().map(DataType::label));
            case RecordType record -> "a record '" + record.label() + "'";
        };
    }
}
