package io.llmschema.http.registryapi;

import io.llmschema.http.JsonWriter;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.Metadata;
import io.llmschema.model.Page;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Violation;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.Health;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.Period;
import io.llmschema.storage.ReadsInStep;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.SchemaAccess;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.ValidationRate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The records of the model as the JSON of this dialect. */
final class JsonOut extends JsonWriter {
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    private JsonOut(JsonGenerator json) {
        super(json);
    }

    static byte[] write(Consumer<JsonOut> value) {
        return bytes(INITIAL_BYTES, JsonOut::new, value);
    }

    static byte[] schema(Schema schema) {
        return bytes(expectedBytes(schema.content().size()), JsonOut::new, out -> {
            out.json.writeStartObject();
            out.fields(schema.summary());
            out.json.writeName("schema");
            out.json.writeString(schema.content().text());
            out.json.writeEndObject();
        });
    }

    static byte[] summary(SchemaSummary schema) {
        return write(out -> out.object(schema));
    }

    static byte[] registration(Registration registration) {
        return write(out -> out.object(registration));
    }

    static byte[] registrations(List<Registration> registrations) {
        return write(out -> {
            out.json.writeStartObject();
            out.array("items", registrations, out::object);
            out.json.writeEndObject();
        });
    }

    static byte[] subject(SubjectSummary subject) {
        return write(out -> out.object(subject));
    }

    static byte[] subjects(Page<SubjectSummary> page, @Nullable String next) {
        return write(out -> out.page(page, next, out::object));
    }

    static byte[] summaries(Page<SchemaSummary> page, @Nullable String next) {
        return write(out -> out.page(page, next, out::object));
    }

    static byte[] hits(Page<SearchHit> page, @Nullable String next) {
        return write(out -> out.page(page, next, hit -> {
            out.json.writeStartObject();
            out.json.writeName("score");
            out.json.writeNumber(hit.score());
            out.json.writeName("schema");
            out.object(hit.schema());
            out.json.writeEndObject();
        }));
    }

    static byte[] dependencies(Page<Dependency> page, @Nullable String next) {
        return write(out -> out.page(page, next, dependency -> {
            out.json.writeStartObject();
            out.number("distance", dependency.distance());
            out.json.writeName("schema");
            out.object(dependency.schema());
            out.json.writeEndObject();
        }));
    }

    static byte[] deleted(List<SchemaSummary> versions) {
        return write(out -> {
            out.json.writeStartObject();
            out.array(
                    "deleted",
                    versions,
                    schema -> out.json.writeString(schema.version().toString()));
            out.json.writeEndObject();
        });
    }

    static byte[] statistics(StorageStatistics statistics) {
        return write(out -> {
            out.json.writeStartObject();
            out.number("subjects", statistics.subjects());
            out.number("versions", statistics.versions());
            out.number("deletedVersions", statistics.deletedVersions());
            out.counts("versionsByType", statistics.versionsByType());
            out.counts("versionsByState", statistics.versionsByStage());
            out.number("contents", statistics.contents());
            out.number("contentBytes", statistics.contentBytes());
            out.number("storedBytes", statistics.storedBytes());
            out.json.writeEndObject();
        });
    }

    static byte[] accesses(Period period, Page<SchemaAccess> page, @Nullable String next) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(period);
            out.array("items", page.items(), access -> {
                out.json.writeStartObject();
                out.reads(access.reads(), access.time());
                out.text("lastReadAt", access.lastReadAt().toString());
                out.json.writeName("schema");
                out.object(access.schema());
                out.json.writeEndObject();
            });
            out.text("next", next);
            out.json.writeEndObject();
        });
    }

    static byte[] neverRead(Period period, Page<SchemaSummary> page, @Nullable String next) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(period);
            out.array("items", page.items(), out::object);
            out.text("next", next);
            out.json.writeEndObject();
        });
    }

    static byte[] reads(ReadsQuery query, List<ReadsInStep> steps) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(query.period());
            out.text("step", query.step().name().toLowerCase(Locale.ROOT));
            out.array("items", steps, step -> {
                out.json.writeStartObject();
                out.text("start", step.start().toString());
                out.reads(step.reads(), step.time());
                out.json.writeEndObject();
            });
            out.json.writeEndObject();
        });
    }

    static byte[] validations(Period period, Page<PastValidation> page, @Nullable String next) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(period);
            out.array("items", page.items(), validation -> {
                out.json.writeStartObject();
                out.text("schemaId", validation.id().toString());
                out.text("subject", validation.subject().name());
                out.text("version", validation.version().toString());
                out.text("dataHash", validation.dataHash().toString());
                out.flag("isValid", validation.isValid());
                out.number("errorCount", validation.errorCount());
                out.text("validatedAt", validation.validatedAt().toString());
                out.decimal("millis", validation.duration().toNanos() / NANOS_OF_A_MILLISECOND);
                out.json.writeEndObject();
            });
            out.text("next", next);
            out.json.writeEndObject();
        });
    }

    static byte[] validationRates(Period period, Page<ValidationRate> page, @Nullable String next) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(period);
            out.array("items", page.items(), rate -> {
                out.json.writeStartObject();
                out.number("validations", rate.validations());
                out.number("failures", rate.failures());
                out.decimal("failureRate", rate.failureRate());
                out.decimal("meanMillis", rate.time().toNanos() / NANOS_OF_A_MILLISECOND / rate.validations());
                out.text("lastValidatedAt", rate.lastValidatedAt().toString());
                out.json.writeName("schema");
                out.object(rate.schema());
                out.json.writeEndObject();
            });
            out.text("next", next);
            out.json.writeEndObject();
        });
    }

    static byte[] failedFields(Period period, FailedFields failed, @Nullable String next) {
        return write(out -> {
            out.json.writeStartObject();
            out.period(period);
            out.number("validations", failed.validations());
            out.number("failures", failed.failures());
            out.array("items", failed.fields().items(), field -> {
                out.json.writeStartObject();
                out.text("path", field.field().path());
                out.text("keyword", field.field().keyword());
                out.number("failures", field.failures());
                out.decimal("failureRate", failed.rateOf(field));
                out.json.writeEndObject();
            });
            out.text("next", next);
            out.json.writeEndObject();
        });
    }

    static byte[] health(Health health) {
        return write(out -> {
            out.json.writeStartObject();
            out.text("status", health.isUp() ? "UP" : "DOWN");
            out.text("detail", health.detail());
            out.json.writeEndObject();
        });
    }

    static byte[] problem(Problem problem) {
        return write(out -> out.object(problem));
    }

    void object(Problem problem) {
        json.writeStartObject();
        problem(problem.status(), problem.code(), problem.detail());
        if (problem.index() != null) {
            number("index", problem.index());
        }
        if (problem.deserved() != null) {
            text("deserved", problem.deserved().toString());
        }
        if (!problem.comparisons().isEmpty()) {
            array("comparisons", problem.comparisons(), comparison -> CompatibilityOut.write(this, comparison));
        }
        if (!problem.violations().isEmpty()) {
            violations(problem.violations());
        }
        if (!problem.usedBy().isEmpty()) {
            array("usedBy", problem.usedBy(), user -> {
                json.writeStartObject();
                text("subject", user.subject().name());
                text("version", user.version().toString());
                json.writeEndObject();
            });
        }
        json.writeEndObject();
    }

    /** The fields that every problem document has. */
    void problem(int status, String code, String detail) {
        text("type", "urn:llmschema:problem:" + code);
        text("title", code.replace('-', ' '));
        number("status", status);
        text("detail", detail);
        text("code", code);
    }

    void problem(String name, Problem problem) {
        json.writeName(name);
        object(problem);
    }

    void violations(List<Violation> violations) {
        array("violations", violations, this::object);
    }

    void object(Violation violation) {
        json.writeStartObject();
        text("reason", violation.reason());
        text("pointer", violation.pointer());
        if (violation.line() > 0) {
            number("line", violation.line());
            number("column", violation.column());
        }
        json.writeEndObject();
    }

    private void object(Registration registration) {
        json.writeStartObject();
        flag("isNew", registration.isNew());
        json.writeName("schema");
        object(registration.schema());
        json.writeEndObject();
    }

    private void object(SchemaSummary schema) {
        json.writeStartObject();
        fields(schema);
        json.writeEndObject();
    }

    private void fields(SchemaSummary schema) {
        text("id", schema.id().toString());
        number("globalId", schema.globalId().value());
        text("subject", schema.subject().name());
        number("ordinal", schema.ordinal());
        text("version", schema.version().toString());
        text("schemaType", schema.type().name());
        state(schema.state());
        hashes(schema.fingerprints());
        number("size", schema.contentSize());
        array("references", schema.references(), this::object);
        metadata(schema.metadata());
        text("createdAt", schema.createdAt().toString());
        text("createdBy", schema.createdBy());
        if (schema.deletedAt() != null) {
            text("deletedAt", schema.deletedAt().toString());
        }
    }

    private void object(SchemaReference reference) {
        json.writeStartObject();
        text("name", reference.name());
        text("subject", reference.subject().name());
        text("version", reference.version().toString());
        json.writeEndObject();
    }

    private void object(SubjectSummary subject) {
        json.writeStartObject();
        text("subject", subject.subject().name());
        state(subject.state());
        number("versionCount", subject.versionCount());
        if (subject.latest() != null) {
            text("latest", subject.latest().toString());
        }
        metadata(subject.metadata());
        text("createdAt", subject.createdAt().toString());
        text("createdBy", subject.createdBy());
        text("updatedAt", subject.updatedAt().toString());
        if (subject.deletedAt() != null) {
            text("deletedAt", subject.deletedAt().toString());
        }
        number("revision", subject.revision());
        json.writeEndObject();
    }

    void state(SchemaState state) {
        json.writeName("state");
        json.writeStartObject();
        text("stage", state.stage().name());
        if (state instanceof SchemaState.Deprecated deprecated) {
            text("reason", deprecated.reason());
            text(
                    "sunset",
                    deprecated.sunset() == null ? null : deprecated.sunset().toString());
            text("replacement", deprecated.replacement());
            text("since", deprecated.since() == null ? null : deprecated.since().toString());
        }
        json.writeEndObject();
    }

    void hashes(Fingerprints fingerprints) {
        json.writeName("hashes");
        json.writeStartObject();
        text("raw", fingerprints.raw().toString());
        text("canonical", fingerprints.canonical().toString());
        text("unordered", fingerprints.unordered().toString());
        json.writeEndObject();
    }

    private void metadata(Metadata metadata) {
        text("description", metadata.description());
        text("owner", metadata.owner());
        array("tags", metadata.tags(), json::writeString);
        json.writeName("metadata");
        // Well-formed since it was given, and as it was given.
        json.writeRawValue(metadata.attributes());
    }

    private void period(Period period) {
        text("from", period.from().toString());
        text("to", period.to().toString());
    }

    /** How many, and what each took on average, if there were any. */
    private void reads(long reads, Duration time) {
        number("reads", reads);
        if (reads > 0) {
            decimal("meanMillis", time.toNanos() / NANOS_OF_A_MILLISECOND / reads);
        }
    }

    private void counts(String name, Map<? extends Enum<?>, Long> counts) {
        json.writeName(name);
        json.writeStartObject();
        counts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue, Long::sum, TreeMap::new))
                .forEach(this::number);
        json.writeEndObject();
    }

    private <T> void page(Page<T> page, @Nullable String next, Consumer<T> item) {
        json.writeStartObject();
        array("items", page.items(), item);
        text("next", next);
        json.writeEndObject();
    }
}
