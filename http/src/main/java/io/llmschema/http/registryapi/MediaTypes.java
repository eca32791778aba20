package io.llmschema.http.registryapi;

import io.llmschema.model.SchemaType;
import java.util.Arrays;
import java.util.Optional;

/** The media types of this dialect. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain;charset=utf-8";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String PROBLEM = "application/problem+json";

    private MediaTypes() {}

    /** The media type of a bare schema. */
    static String of(SchemaType type) {
        return switch (type) {
            case JSON -> "application/schema+json";
            case AVRO -> "application/vnd.apache.avro+json";
            case PROTOBUF -> "application/x-protobuf-schema";
        };
    }

    /** The type of the bare schema that a body of this media type is. */
    static Optional<SchemaType> schemaType(String mediaType) {
        return Arrays.stream(SchemaType.values())
                .filter(type -> of(type).equals(mediaType))
                .findFirst();
    }
}
