package io.llmschema.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.ValidationMode;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.ValidationRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents validated against the schemas of a registry; what came of it is remembered.
 *
 * <p>Safe for any number of threads; calls block. A version is made ready to validate once, and kept so as long as there is room: its content never
 * changes.
 */
public final class Documents {
    /** The most documents that are validated in answer to one request. */
    public static final int MAX_DOCUMENTS = 10_000;

    /** What the texts of the versions that are kept ready have together at most, with what they refer to; ready they take many times that. */
    private static final int MAX_READY_BYTES = 16 * 1024 * 1024;

    /** That a version takes at least, be its text ever so short. */
    private static final int MIN_READY_BYTES = 1024;

    private final SchemaRegistry registry;
    private final StorageBackend storage;
    private final SchemaFormats formats;
    private final Consumer<? super ValidationRecord> history;
    private final InstantSource clock;
    private final Budget preparing = Budget.ofBytes(
            "schemas are being made ready to validate",
            RegistryLimits.MAX_BYTES_PARSED_AT_ONCE,
            RegistryLimits.PARSE_WAIT);

    private final Cache<SchemaId, Ready> ready = Caffeine.newBuilder()
            .maximumWeight(MAX_READY_BYTES)
            .weigher((SchemaId _, Ready version) -> version.bytes())
            .executor(Runnable::run)
            .build();

    /** A version that is ready to validate. */
    private record Ready(DocumentValidator validator, int bytes) {}

    /**
     * @param storage of the registry
     * @param history told of every validation; it must not wait
     */
    public Documents(
            SchemaRegistry registry,
            StorageBackend storage,
            SchemaFormats formats,
            Consumer<? super ValidationRecord> history,
            InstantSource clock) {
        this.registry = registry;
        this.storage = storage;
        this.formats = formats;
        this.history = history;
        this.clock = clock;
    }

    /**
     * The version that a key picks, for any number of documents.
     *
     * @param message see {@link DocumentForm}
     * @throws RegistryException.SchemaNotFound there is none
     */
    public Check against(SchemaKey key, DataEncoding encoding, @Nullable String message) {
        Schema schema = registry.find(key);
        ValidationMode mode =
                registry.settingsInForce(schema.summary().subject()).validationMode();
        Ready version = ready.get(schema.summary().id(), _ -> prepare(schema));
        return new Check(schema.summary(), mode, version.validator(), new DocumentForm(encoding, message));
    }

    private Ready prepare(Schema schema) {
        SchemaSource source = CompatibilityChecker.old(schema, storage).source();
        long bytes = Admission.bytes(source);
        DocumentValidator validator =
                preparing.spend(bytes, () -> formats.of(schema.summary().type()).validator(source));
        return new Ready(validator, Math.clamp(bytes, MIN_READY_BYTES, Integer.MAX_VALUE));
    }

    /** A version to validate documents against. */
    public final class Check {
        private final SchemaSummary schema;
        private final ValidationMode mode;
        private final DocumentValidator validator;
        private final DocumentForm form;

        private Check(SchemaSummary schema, ValidationMode mode, DocumentValidator validator, DocumentForm form) {
            this.schema = schema;
            this.mode = mode;
            this.validator = validator;
            this.form = form;
        }

        public SchemaSummary schema() {
            return schema;
        }

        public ValidationMode mode() {
            return mode;
        }

        public DataEncoding encoding() {
            return form.encoding();
        }

        /**
         * Validates one document, and has it remembered.
         *
         * @throws RegistryException.InvalidValue the schema has no data of that encoding, or no such message
         * @throws RegistryException.TooMuchToValidate it takes too much to find out; that is not remembered
         */
        public DocumentReport validate(byte[] document) {
            Instant at = clock.instant();
            long start = System.nanoTime();
            DocumentReport report = validator.validate(document, form);
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            history.accept(ValidationRecord.of(schema.id(), Fingerprint.sha256(document), report, at, duration));
            return report;
        }

        /** Whether a document with that report is accepted. */
        public boolean accepts(DocumentReport report) {
            return report.isValid() || mode != ValidationMode.STRICT;
        }
    }
}
