package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Arrays;
import java.util.Locale;

/** The language a schema is written in. */
public enum SchemaType {
    /** JSON Schema, drafts 04 to 2020-12. */
    JSON,
    /** Apache Avro. */
    AVRO,
    /** Protocol Buffers: proto2, proto3 and editions. */
    PROTOBUF;

    /** The type of that name, in any letter case; {@link InvalidValue} otherwise. */
    public static SchemaType parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("schema-type", name, "known types are JSON, AVRO and PROTOBUF"));
    }
}
