package io.llmschema.model;

import java.util.List;

/**
 * The words of a schema that people search for.
 *
 * @param titles its titles or type names, the outermost first
 * @param descriptions its documentation texts
 * @param fieldNames the names of its fields, properties and enum values, as written
 */
public record SchemaOutline(List<String> titles, List<String> descriptions, List<String> fieldNames) {
    public SchemaOutline {
        titles = List.copyOf(titles);
        descriptions = List.copyOf(descriptions);
        fieldNames = List.copyOf(fieldNames);
    }
}
