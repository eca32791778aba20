package io.llmschema.format.avro;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.json.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** The types of a schema and of everything it refers to, each with the place of its definition. Immutable once made. */
final class DataTypes {
    private final Known root;
    private final Map<String, Known> named;

    private DataTypes(Known root, Map<String, Known> named) {
        this.root = root;
        this.named = named;
    }

    /** A type, and the library's schema of it. */
    record Known(DataType type, Schema schema) {}

    /** @param source one that {@link AvroFormat#parse} accepted */
    static DataTypes of(SchemaSource source) {
        Schema.Parser parser = LoadedSchema.newParser();
        Making making = new Making();
        for (ReferencedSchema reference : source.references()) {
            Schema schema = parser.parse(reference.content().text());
            DataType _ = making.make(schema, new SchemaPlace(reference.name(), Pointer.ROOT));
        }
        Schema schema = LoadedSchema.parseContent(source, parser);
        DataType root = making.make(schema, new SchemaPlace("", Pointer.ROOT));
        return new DataTypes(new Known(root, schema), Collections.unmodifiableMap(making.named));
    }

    Known root() {
        return root;
    }

    Optional<Known> named(String fullName) {
        return Optional.ofNullable(named.get(fullName));
    }

    /** The full names of all named types, in the order of their definitions. */
    Set<String> names() {
        return named.keySet();
    }

    /** Recursive, since the depth of the texts is bounded: a name leads no deeper, its definition stood before. */
    private static final class Making {
        private final Map<String, Known> named = new LinkedHashMap<>();

        DataType make(Schema schema, SchemaPlace place) {
            if (!Children.isNamed(schema)) {
                return unnamed(schema, place);
            }
            Known known = named.get(schema.getFullName());
            if (known != null) {
                return known.type();
            }
            return schema.getType() == Schema.Type.RECORD ? record(schema, place) : leaf(schema, place);
        }

        private DataType record(Schema schema, SchemaPlace place) {
            DataType.RecordType record = new DataType.RecordType(schema.getFullName(), place);
            named.put(schema.getFullName(), new Known(record, schema));
            List<DataType.Field> fields = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                DataType type = make(field.schema(), child(schema, place, field.pos()));
                fields.add(new DataType.Field(field.name(), field.pos(), Set.copyOf(field.aliases()), type));
            }
            record.complete(fields);
            return record;
        }

        private DataType leaf(Schema schema, SchemaPlace place) {
            String name = schema.getFullName();
            DataType leaf = schema.getType() == Schema.Type.FIXED
                    ? new DataType.FixedType(name, schema.getFixedSize(), LogicalRule.of(schema), place)
                    : new DataType.EnumType(name, schema.getEnumSymbols(), Set.copyOf(schema.getEnumSymbols()), place);
            named.put(name, new Known(leaf, schema));
            return leaf;
        }

        private DataType unnamed(Schema schema, SchemaPlace place) {
            return switch (schema.getType()) {
                case NULL -> primitive(DataType.Kind.NULL, schema, place);
                case BOOLEAN -> primitive(DataType.Kind.BOOLEAN, schema, place);
                case INT -> primitive(DataType.Kind.INT, schema, place);
                case LONG -> primitive(DataType.Kind.LONG, schema, place);
                case FLOAT -> primitive(DataType.Kind.FLOAT, schema, place);
                case DOUBLE -> primitive(DataType.Kind.DOUBLE, schema, place);
                case BYTES -> primitive(DataType.Kind.BYTES, schema, place);
                case STRING -> primitive(DataType.Kind.STRING, schema, place);
                case ARRAY -> new DataType.ArrayType(make(schema.getElementType(), child(schema, place, 0)), place);
                case MAP -> new DataType.MapType(make(schema.getValueType(), child(schema, place, 0)), place);
                case UNION -> union(schema, place);
                case RECORD, ENUM, FIXED -> throw new IllegalArgumentException("it has a name: " + schema.getType());
            };
        }

        private static DataType primitive(DataType.Kind kind, Schema schema, SchemaPlace place) {
            return new DataType.Primitive(kind, LogicalRule.of(schema), place);
        }

        private DataType union(Schema schema, SchemaPlace place) {
            List<DataType> branches = new ArrayList<>();
            for (Schema branch : schema.getTypes()) {
                branches.add(make(branch, child(schema, place, branches.size())));
            }
            return DataType.UnionType.of(branches, place);
        }

        private static SchemaPlace child(Schema schema, SchemaPlace place, int index) {
            return place.at(Children.pointer(place.pointer(), schema, index));
        }
    }
}
