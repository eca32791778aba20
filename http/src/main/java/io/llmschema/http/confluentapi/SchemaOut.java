package io.llmschema.http.confluentapi;

import static java.util.stream.Collectors.toMap;

import io.llmschema.http.JsonWriter;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.registry.ContentGuid;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Versions as the JSON of this dialect. What is empty is left out. */
record SchemaOut(SchemaRegistry registry, ConfluentLevel level) {
    /** One version of one subject. */
    private record Name(Subject subject, Version version) {}

    /** As it is asked for by subject and version. */
    byte[] byVersion(SchemaView view) {
        return bytes(view, out -> listed(out, view, List.of()));
    }

    /**
     * As an item of a list.
     *
     * @param aliases the other names of its subject, as far as they are asked for
     */
    void listed(JsonWriter out, SchemaView view, List<String> aliases) {
        SchemaSummary version = view.schema().summary();
        out.object(() -> {
            out.text("subject", version.subject().name());
            out.number("version", version.ordinal());
            out.number("id", version.globalId().value());
            details(out, view);
            if (!aliases.isEmpty()) {
                out.array("aliases", aliases, out::item);
            }
        });
    }

    /** As it is asked for by its id or guid, which it does not tell again. */
    byte[] byId(SchemaView view) {
        SchemaSummary version = view.schema().summary();
        return bytes(
                view,
                out -> out.object(() -> {
                    if (level.hasGuid()) {
                        out.text("subject", version.subject().name());
                        out.number("version", version.ordinal());
                    }
                    details(out, view);
                    if (view.maxId() != null) {
                        out.number("maxId", view.maxId());
                    }
                }));
    }

    /** As a registration is answered. */
    byte[] registered(Schema schema) {
        SchemaSummary version = schema.summary();
        SchemaView view = SchemaView.of(schema);
        return bytes(
                view,
                out -> out.object(() -> {
                    out.number("id", version.globalId().value());
                    if (!level.registerAnswersIdOnly()) {
                        out.number("version", version.ordinal());
                        details(out, view);
                    }
                }));
    }

    private static byte[] bytes(SchemaView view, Consumer<JsonWriter> value) {
        return JsonWriter.bytes(JsonWriter.expectedBytes(view.text().length()), value);
    }

    private void details(JsonWriter out, SchemaView view) {
        SchemaSummary version = view.schema().summary();
        Contract contract = Contract.of(version.metadata());
        List<ContentGuid.Reference> references = references(version);
        if (level.hasGuid()) {
            out.text(
                    "guid",
                    ContentGuid.of(view.schema().content(), references, contract.guidSuffix())
                            .toString());
        }
        if (level.namesAvro() || version.type() != SchemaType.AVRO) {
            out.text("schemaType", version.type().name());
        }
        if (!references.isEmpty()) {
            out.array("references", references, reference -> reference(out, reference, view));
        }
        contract.write(out);
        out.text("schema", view.text());
        SchemaTags.write(out, view.tags());
        if (level.hasGuid()) {
            out.number("ts", version.createdAt().toEpochMilli());
            if (version.isDeleted()) {
                out.flag("deleted", true);
            }
        }
    }

    private static void reference(JsonWriter out, ContentGuid.Reference reference, SchemaView view) {
        Subject referrer = view.schema().summary().subject();
        Subject subject = new Subject(referrer.tenant(), reference.subject());
        out.object(() -> {
            out.text("name", reference.name());
            out.text(
                    "subject",
                    view.isQualified() ? subject.name() : SubjectNames.asSeenFrom(referrer.context(), subject));
            out.number("version", reference.version());
        });
    }

    /** What a version refers to, by ordinals. */
    private List<ContentGuid.Reference> references(SchemaSummary version) {
        if (version.references().isEmpty()) {
            return List.of();
        }
        Map<Name, Integer> ordinals = Slice.all(page ->
                        registry.dependencies(new SchemaKey.ById(version.id()), Direction.REFERENCES, false, page))
                .collect(toMap(
                        found -> new Name(
                                found.schema().subject(), found.schema().version()),
                        found -> found.schema().ordinal()));
        return version.references().stream()
                .map(reference -> hashed(reference, ordinals))
                .toList();
    }

    private static ContentGuid.Reference hashed(SchemaReference reference, Map<Name, Integer> ordinals) {
        Integer ordinal = ordinals.get(new Name(reference.subject(), reference.version()));
        if (ordinal == null) {
            throw new IllegalStateException("what is referred to is kept from deletion, but not there: " + reference);
        }
        return new ContentGuid.Reference(reference.name(), reference.subject().name(), ordinal);
    }
}
