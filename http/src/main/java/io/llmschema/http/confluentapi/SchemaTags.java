package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.JsonWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The tags of one part of a schema.
 *
 * @param tags sorted and distinct
 */
record SchemaTags(SchemaEntity entity, List<String> tags) {
    private static final String ENTITY = "schemaEntity";
    private static final String PATH = "entityPath";
    private static final String TYPE = "entityType";
    private static final String TAGS = "tags";

    SchemaTags {
        tags = List.copyOf(new TreeSet<>(tags));
    }

    /** Those that a field of a request gives; none if there is no such field. */
    static List<SchemaTags> readAll(JsonNode body, String field) {
        return LenientObject.of(body).objects(field, SchemaTags::read);
    }

    private static SchemaTags read(LenientObject object) {
        LenientObject entity = object.object(ENTITY).orElseThrow(() -> object.malformed(ENTITY, "it is missing"));
        return new SchemaTags(
                new SchemaEntity(
                        entity.text(PATH).orElseThrow(() -> entity.malformed(PATH, "it is missing")), kind(entity)),
                object.texts(TAGS));
    }

    private static SchemaEntity.Kind kind(LenientObject entity) {
        String type = entity.text(TYPE).orElseThrow(() -> entity.malformed(TYPE, "it is missing"));
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "sr_record" -> SchemaEntity.Kind.RECORD;
            case "sr_field" -> SchemaEntity.Kind.FIELD;
            default -> throw unknown(entity);
        };
    }

    private static HttpProblem unknown(LenientObject entity) {
        return entity.malformed(TYPE, "known are sr_record and sr_field");
    }

    /** Writes the field of these into the object that is open; nothing if there are none. */
    static void write(JsonWriter out, Collection<SchemaTags> all) {
        if (!all.isEmpty()) {
            out.array(
                    "schemaTags",
                    all,
                    one -> out.object(() -> {
                        out.object(ENTITY, () -> {
                            out.text(PATH, one.entity.path());
                            out.text(
                                    TYPE,
                                    switch (one.entity.kind()) {
                                        case RECORD -> "sr_record";
                                        case FIELD -> "sr_field";
                                    });
                        });
                        out.texts(TAGS, one.tags);
                    }));
        }
    }
}
