package io.llmschema.registry;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Judgement;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaType;
import io.llmschema.registry.Comparison.Direction;
import io.llmschema.storage.SchemaReader;
import io.llmschema.storage.SchemaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns a level of compatibility into pairs of a reader and a writer, and has each judged by the language of the schemas.
 *
 * <p>{@link #check} finds what to compare in a store; {@link #compare} asks no store, so that a rule under the lock of a subject can call
 * it with versions that were read before.
 */
record CompatibilityChecker(SchemaFormats formats, Admission admission, Budget parsing) {

    /** Compares the schema of a request with the versions that it asks for, one after the other. */
    CompatibilityReport check(CompatibilityRequest request, SchemaStore store, ComparisonAllowance allowance) {
        checkAspects(request);
        SchemaSource candidate = candidate(request, store);
        List<Comparison> comparisons = new ArrayList<>();
        if (request.criteria().level() != CompatibilityLevel.NONE) {
            OldVersions versions = new OldVersions(request, store);
            List<SchemaKey> keys = versions.keys();
            allowance.takeVersions(keys.size());
            for (SchemaKey key : keys) {
                versions.load(key)
                        .map(schema -> old(schema, request.type(), store))
                        .ifPresent(old -> {
                            allowance.takeBytes(Admission.bytes(candidate) + Admission.bytes(old.source()));
                            comparisons.addAll(compare(candidate, old, request.criteria()));
                        });
            }
        }
        return new CompatibilityReport(request.criteria(), comparisons);
    }

    void checkAspects(CompatibilityRequest request) {
        Set<DataEncoding> asked = request.criteria().aspects();
        if (asked.isEmpty()) {
            return;
        }
        Set<DataEncoding> known = formats.of(request.type()).encodings();
        asked.stream().filter(aspect -> !known.contains(aspect)).findFirst().ifPresent(aspect -> {
            throw new InvalidValue(
                    "aspect",
                    aspect.name(),
                    "data of %s schemas is compared as %s"
                            .formatted(request.type(), known.stream().sorted().toList()));
        });
    }

    SchemaSource candidate(CompatibilityRequest request, SchemaReader reader) {
        References references = admission.resolve(UnresolvedSchema.of(request), reader);
        SchemaSource source = new SchemaSource(request.content(), references.closure());
        return admission.parse(request.type(), source, _ -> source);
    }

    private static OldVersion old(Schema schema, SchemaType candidate, SchemaReader reader) {
        if (schema.summary().type() != candidate) {
            throw new IncomparableTypes(schema.summary(), candidate);
        }
        References references = References.resolve(UnresolvedSchema.of(schema), reader);
        return new OldVersion(schema.summary(), new SchemaSource(schema.content(), references.closure()));
    }

    /** Compares a schema with one version of the same type, in the directions that are asked for. */
    List<Comparison> compare(SchemaSource candidate, OldVersion old, CompatibilityCriteria criteria) {
        SchemaFormat format = formats.of(old.summary().type());
        List<Comparison> comparisons = new ArrayList<>();
        if (criteria.level().asksBackward()) {
            Judgement judgement = judge(format, candidate, old.source(), criteria);
            comparisons.add(new Comparison(old.summary(), Direction.BACKWARD, judgement));
        }
        if (criteria.level().asksForward()) {
            Judgement judgement = judge(format, old.source(), candidate, criteria);
            comparisons.add(new Comparison(old.summary(), Direction.FORWARD, judgement));
        }
        return comparisons;
    }

    private Judgement judge(
            SchemaFormat format, SchemaSource reader, SchemaSource writer, CompatibilityCriteria criteria) {
        if (reader.equals(writer)) {
            // A schema reads what it wrote itself, also where its language cannot be searched for a reason.
            return Judgement.COMPATIBLE;
        }
        long bytes = Admission.bytes(reader) + Admission.bytes(writer);
        Judgement whole = parsing.spend(bytes, () -> format.judge(reader, writer, criteria.policy()));
        return criteria.aspects().isEmpty() ? whole : whole.of(criteria.aspects());
    }
}
