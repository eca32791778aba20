package io.llmschema.format.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A version of JSON Schema: how it names and refers to schemas. Its words are in {@link Keywords}. */
enum Draft {
    DRAFT_04("json-schema.org/draft-04/schema"),
    DRAFT_06("json-schema.org/draft-06/schema"),
    DRAFT_07("json-schema.org/draft-07/schema"),
    DRAFT_2019_09("json-schema.org/draft/2019-09/schema"),
    DRAFT_2020_12("json-schema.org/draft/2020-12/schema");

    /** The drafts as they are tried on a schema that names none of them. */
    static final List<Draft> NEWEST_FIRST = List.copyOf(Arrays.asList(values()).reversed());

    /** The metaschema's URI without its scheme, which people write both with and without the {@code s} of https. */
    private final String metaschema;

    Draft(String metaschema) {
        this.metaschema = metaschema;
    }

    /** The draft that a {@code $schema} names; absent where it names another language or an unknown dialect. */
    static Optional<Draft> named(String uri) {
        String bare = Metaschemas.withoutScheme(UriReference.withoutFragment(uri));
        return uri.endsWith("#") || uri.indexOf('#') < 0
                ? Arrays.stream(values())
                        .filter(draft -> draft.metaschema.equals(bare))
                        .findFirst()
                : Optional.empty();
    }

    boolean hasBooleanSchemas() {
        return this != DRAFT_04;
    }

    String idKeyword() {
        return this == DRAFT_04 ? "id" : "$id";
    }

    /** Up to draft 07 a {@code $ref} stands alone: what is beside it is not a part of the schema. */
    boolean refStandsAlone() {
        return compareTo(DRAFT_07) <= 0;
    }

    /** Up to draft 07 the fragment of an identifier is what {@code $anchor} is later. */
    boolean idFragmentsAreAnchors() {
        return compareTo(DRAFT_07) <= 0;
    }

    /** The keywords whose value names a schema in its own resource. */
    List<String> anchorKeywords() {
        return switch (this) {
            case DRAFT_04, DRAFT_06, DRAFT_07 -> List.of();
            case DRAFT_2019_09 -> List.of("$anchor");
            case DRAFT_2020_12 -> List.of("$anchor", "$dynamicAnchor");
        };
    }

    /** The keywords whose value refers to a schema. */
    List<String> referenceKeywords() {
        return switch (this) {
            case DRAFT_04, DRAFT_06, DRAFT_07 -> List.of("$ref");
            case DRAFT_2019_09 -> List.of("$ref", "$recursiveRef");
            case DRAFT_2020_12 -> List.of("$ref", "$dynamicRef");
        };
    }
}
