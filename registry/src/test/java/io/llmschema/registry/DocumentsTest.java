package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Judgement;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.TooMuchToValidate;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.testkit.JsonContainment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents validated against what is registered, in the language of {@link FieldsFormat}. */
class DocumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Subject S = new Subject(TenantId.DEFAULT, "s");

    private final AtomicInteger prepared = new AtomicInteger();
    private final List<ValidationRecord> history = new ArrayList<>();
    private final InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
    private final SchemaFormats formats = new SchemaFormats(
            Stream.of(SchemaType.values()).<SchemaFormat>map(CountedFormat::new).toList());
    private final SchemaRegistry registry = new SchemaRegistry(
            storage,
            formats,
            RegistryLimits.DEFAULT,
            SettingsInForce.DEFAULT.withLevel(CompatibilityLevel.NONE),
            InstantSource.fixed(NOW));
    private final Documents documents =
            new Documents(registry, storage, formats, history::add, InstantSource.fixed(NOW));

    /** Counts how often a schema is made ready. */
    private final class CountedFormat implements SchemaFormat {
        private final FieldsFormat format;

        CountedFormat(SchemaType type) {
            this.format = new FieldsFormat(type);
        }

        @Override
        public SchemaType type() {
            return format.type();
        }

        @Override
        public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
            return format.parse(content, references);
        }

        @Override
        public Set<DataEncoding> encodings() {
            return format.encodings();
        }

        @Override
        public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
            return format.judge(reader, writer, policy);
        }

        @Override
        public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
            return format.changes(before, after);
        }

        @Override
        public DocumentValidator validator(SchemaSource schema) {
            prepared.incrementAndGet();
            return format.validator(schema);
        }

        @Override
        public Optional<String> rendered(SchemaSource schema, String form) {
            return format.rendered(schema, form);
        }
    }

    private SchemaSummary register(String subject, String text, RequestedReference... references) {
        return registry.register(new RegistrationRequest(
                        new Subject(TenantId.DEFAULT, subject),
                        SchemaType.JSON,
                        SchemaContent.of(text),
                        null,
                        List.of(references),
                        Metadata.NONE,
                        new SchemaState.Active(),
                        "tester"))
                .schema();
    }

    private Documents.Check latest() {
        return documents.against(new SchemaKey.ByVersion(S, VersionSelector.LATEST), DataEncoding.JSON, null);
    }

    private static byte[] document(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void validate_findsAllErrors() {
        register("s", "a b c");

        DocumentReport report = latest().validate(document("b"));

        assertThat(report.errors())
                .containsExactly(
                        new DocumentError("", "/a", "required", "a is missing"),
                        new DocumentError("", "/c", "required", "c is missing"));
        assertThat(latest().validate(document("c b a")).isValid()).isTrue();
    }

    @Test
    void validate_againstASchemaThatRefersToOthers() {
        register("other", "x y");
        register(
                "s",
                "a @o",
                new RequestedReference("o", new Subject(TenantId.DEFAULT, "other"), VersionSelector.parse("1.0.0")));

        assertThat(latest().validate(document("a x")).errors())
                .extracting(DocumentError::schemaPath)
                .containsExactly("/y");
    }

    @Test
    void version_isMadeReadyOnce() {
        SchemaSummary first = register("s", "a");

        for (int i = 0; i < 10; i++) {
            latest().validate(document("a"));
            documents
                    .against(new SchemaKey.ById(first.id()), DataEncoding.JSON, null)
                    .validate(document("a"));
        }
        assertThat(prepared).hasValue(1);
        register("s", "b");
        assertThat(latest().validate(document("b")).isValid()).isTrue();
        assertThat(prepared).hasValue(2);
    }

    @Test
    void everyValidation_isRemembered_withoutTheDocument() {
        SchemaSummary schema = register("s", "a b");

        latest().validate(document("a b"));
        latest().validate(document("c"));

        assertThat(history)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("duration")
                .containsExactly(
                        new ValidationRecord(
                                schema.id(),
                                Fingerprint.sha256(document("a b")),
                                true,
                                0,
                                NOW,
                                Duration.ZERO,
                                List.of()),
                        new ValidationRecord(
                                schema.id(),
                                Fingerprint.sha256(document("c")),
                                false,
                                2,
                                NOW,
                                Duration.ZERO,
                                List.of(new FailedField("", "required"))));
    }

    @Test
    void tooMuchToValidate_isRefusedAndNotRemembered() {
        register("s", "a");

        assertThatThrownBy(() -> latest().validate(document("!"))).isInstanceOf(TooMuchToValidate.class);
        assertThat(history).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ValidationMode.class)
    void mode_saysWhatBecomesOfAnInvalidDocument(ValidationMode mode) {
        register("s", "a");
        registry.updateSettings(S, _ -> new SubjectSettings(null, null, null, null, null, null, mode));
        Documents.Check check = latest();

        assertThat(check.mode()).isEqualTo(mode);
        assertThat(check.accepts(check.validate(document("a")))).isTrue();
        assertThat(check.accepts(check.validate(document("b")))).isEqualTo(mode != ValidationMode.STRICT);
    }

    @Test
    void whatIsNotThere_isToldApart() {
        assertThatThrownBy(this::latest).isInstanceOf(SubjectNotFound.class);
        register("s", "a");

        assertThatThrownBy(() -> documents.against(
                        new SchemaKey.ByVersion(S, new VersionSelector.Exact(Version.of(7, 0, 0))),
                        DataEncoding.JSON,
                        null))
                .isInstanceOf(SchemaNotFound.class);
    }

    @Test
    void checkSchema_saysWhetherATextIsOne_andKeepsNothing() {
        SchemaCheck valid = registry.checkSchema(TenantId.DEFAULT, SchemaType.JSON, SchemaContent.of("a"), List.of());
        SchemaCheck invalid = registry.checkSchema(TenantId.DEFAULT, SchemaType.JSON, SchemaContent.of("<"), List.of());

        assertThat(valid.isValid()).isTrue();
        assertThat(valid.fingerprints()).isNotNull();
        assertThat(invalid.violations()).hasSize(1);
        assertThat(invalid.fingerprints()).isNull();
        assertThat(registry.statistics(TenantId.DEFAULT).versions()).isZero();
    }
}
