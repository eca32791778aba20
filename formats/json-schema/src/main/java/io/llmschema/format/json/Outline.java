package io.llmschema.format.json;

import io.llmschema.model.SchemaOutline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects the words of a schema, each once. */
final class Outline {
    /** The most titles, descriptions and names together: a schema of thousands is found by its first ones. */
    static final int MAX_ENTRIES = 20_000;

    private record Title(int depth, String text) {}

    private final Set<Title> titles = new LinkedHashSet<>();
    private final Set<String> descriptions = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    private Outline() {}

    static SchemaOutline of(SchemaDocument document) {
        Outline outline = new Outline();
        document.sites().forEach(outline::add);
        List<String> titles = outline.titles.stream()
                .sorted(Comparator.comparingInt(Title::depth))
                .map(Title::text)
                .distinct()
                .toList();
        return new SchemaOutline(titles, new ArrayList<>(outline.descriptions), new ArrayList<>(outline.names));
    }

    private void add(Site site) {
        JsonNode schema = site.schema();
        if (hasRoom() && schema.path("title").isString()) {
            titles.add(new Title(site.pointer().depth(), schema.path("title").stringValue()));
        }
        if (hasRoom() && schema.path("description").isString()) {
            descriptions.add(schema.path("description").stringValue());
        }
        for (String keyword : List.of("properties", "definitions", "$defs")) {
            schema.path(keyword).propertyNames().forEach(this::name);
        }
        for (JsonNode value : schema.path("enum")) {
            if (value.isString()) {
                name(value.stringValue());
            }
        }
    }

    private void name(String name) {
        if (hasRoom()) {
            names.add(name);
        }
    }

    private boolean hasRoom() {
        return titles.size() + descriptions.size() + names.size() < MAX_ENTRIES;
    }
}
