package io.llmschema.format;

import io.llmschema.model.SchemaType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The languages that a registry understands, one format for each type. */
public final class SchemaFormats {
    private final Map<SchemaType, SchemaFormat> formats = new EnumMap<>(SchemaType.class);

    /** One format for every type, in any order. */
    public SchemaFormats(List<SchemaFormat> formats) {
        for (SchemaFormat format : formats) {
            if (this.formats.put(format.type(), format) != null) {
                throw new IllegalArgumentException("two formats for " + format.type());
            }
        }
        for (SchemaType type : SchemaType.values()) {
            if (!this.formats.containsKey(type)) {
                throw new IllegalArgumentException("no format for " + type);
            }
        }
    }

    public SchemaFormat of(SchemaType type) {
        SchemaFormat format = formats.get(type);
        if (format == null) {
            throw new IllegalStateException("the constructor saw to it that there is one for " + type);
        }
        return format;
    }
}
