package io.llmschema.http.registryapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.BatchRejected;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.RequestedReference;
import io.llmschema.registry.SchemaCheck;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From requests to what the registry is asked to register. */
final class Requests {
    private static final String ANONYMOUS = "anonymous";

    private static final Set<String> SCHEMA_FIELDS = Set.of("schemaType", "schema", "references");
    private static final Set<String> REFERENCE_FIELDS = Set.of("name", "subject", "version");
    private static final Set<String> FIELDS = Set.of(
            "schemaType",
            "schema",
            "version",
            "state",
            "references",
            "description",
            "owner",
            "tags",
            "metadata",
            "createdBy");
    private static final Set<String> ITEM_FIELDS =
            Stream.concat(FIELDS.stream(), Stream.of("subject")).collect(Collectors.toUnmodifiableSet());

    private Requests() {}

    /** The registration that a request to a subject's versions asks for: an envelope, or a bare schema. */
    static RegistrationRequest registration(Request request, Subject subject) {
        String mediaType = request.mediaType();
        Optional<SchemaType> bare = MediaTypes.schemaType(mediaType);
        if (bare.isPresent()) {
            return bareRegistration(request, subject, bare.get());
        }
        requireEnvelope(mediaType);
        return registration(JsonIn.parse(request.body()).allowing(FIELDS), subject);
    }

    private static RegistrationRequest bareRegistration(Request request, Subject subject, SchemaType type) {
        Metadata metadata = new Metadata(
                request.query("description").orElse(null),
                request.query("owner").orElse(null),
                request.queries("tag"),
                "{}");
        return new RegistrationRequest(
                subject,
                type,
                new SchemaContent(request.body()),
                request.query("version").map(Version::parse).orElse(null),
                List.of(),
                metadata,
                new SchemaState.Active(),
                request.query("createdBy").orElse(ANONYMOUS));
    }

    /** Whether a body is a schema: an envelope, or a bare schema. */
    static SchemaCheck schemaCheck(Request request, SchemaRegistry registry) {
        String mediaType = request.mediaType();
        Optional<SchemaType> bare = MediaTypes.schemaType(mediaType);
        if (bare.isPresent()) {
            return registry.checkSchema(request.tenant(), bare.get(), new SchemaContent(request.body()), List.of());
        }
        requireEnvelope(mediaType);
        JsonIn body = JsonIn.parse(request.body()).allowing(SCHEMA_FIELDS);
        SchemaType type = body.text("schemaType").map(SchemaType::parse).orElse(SchemaType.JSON);
        return registry.checkSchema(
                request.tenant(),
                type,
                content(body, type),
                body.objects("references", reference -> reference(reference, request.tenant())));
    }

    /** The registrations of a batch, in their order. */
    static List<RegistrationRequest> batch(Request request) {
        requireJson(request.mediaType());
        JsonIn body = JsonIn.parse(request.body()).allowing(Set.of("items"));
        TenantId tenant = request.tenant();
        if (!body.has("items")) {
            throw body.malformed("items", "it is missing");
        }
        AtomicInteger index = new AtomicInteger();
        return body.objects("items", item -> item(item, tenant, index.getAndIncrement()));
    }

    private static RegistrationRequest item(JsonIn item, TenantId tenant, int index) {
        try {
            return registration(item.allowing(ITEM_FIELDS), new Subject(tenant, item.requiredText("subject")));
        } catch (InvalidValue e) {
            throw new BatchRejected(index, e);
        }
    }

    private static RegistrationRequest registration(JsonIn body, Subject subject) {
        SchemaType type = body.text("schemaType").map(SchemaType::parse).orElse(SchemaType.JSON);
        return new RegistrationRequest(
                subject,
                type,
                content(body, type),
                body.text("version").map(Version::parse).orElse(null),
                body.objects("references", reference -> reference(reference, subject.tenant())),
                body.metadata(),
                body.text("state").map(Requests::initialState).orElse(new SchemaState.Active()),
                body.text("createdBy").orElse(ANONYMOUS));
    }

    /** The schema as a string, or as the JSON value itself. */
    static SchemaContent content(JsonIn body, SchemaType type) {
        if (!body.has("schema")) {
            throw body.malformed("schema", "it is missing");
        }
        if (body.object().path("schema").isString()) {
            return SchemaContent.of(wellFormed(body, body.requiredText("schema")));
        }
        if (type == SchemaType.PROTOBUF) {
            throw body.malformed("schema", "a Protobuf schema is a string");
        }
        return SchemaContent.of(body.schemaSource());
    }

    private static String wellFormed(JsonIn body, String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw body.malformed("schema", "it has half a surrogate pair, which UTF-8 cannot hold");
        }
        return text;
    }

    static RequestedReference reference(JsonIn reference, TenantId tenant) {
        reference.allowing(REFERENCE_FIELDS);
        return new RequestedReference(
                reference.requiredText("name"),
                new Subject(tenant, reference.requiredText("subject")),
                VersionSelector.parse(reference.requiredText("version")));
    }

    private static SchemaState initialState(String name) {
        return switch (Stage.parse(name)) {
            case DRAFT -> new SchemaState.Draft();
            case ACTIVE -> new SchemaState.Active();
            case DEPRECATED, ARCHIVED -> throw new InvalidValue("state", name, "a new version is DRAFT or ACTIVE");
        };
    }

    /** Refuses a body that is neither a bare schema nor JSON. */
    static void requireEnvelope(String mediaType) {
        requireJson(
                mediaType,
                MediaTypes.of(SchemaType.JSON),
                MediaTypes.of(SchemaType.AVRO),
                MediaTypes.of(SchemaType.PROTOBUF));
    }

    /** Refuses a body that is no merge patch. */
    static void requirePatch(String mediaType) {
        if (!mediaType.equals(MediaTypes.MERGE_PATCH) && !mediaType.equals(MediaTypes.JSON)) {
            throw new HttpProblem(
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    "the Content-Type is '%s'; it must be %s or %s"
                            .formatted(mediaType, MediaTypes.MERGE_PATCH, MediaTypes.JSON));
        }
    }

    /** Refuses a body that is not JSON. */
    static void requireJson(String mediaType, String... others) {
        if (!mediaType.equals(MediaTypes.JSON)) {
            throw new HttpProblem(
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    "the Content-Type is '%s'; it must be %s%s"
                            .formatted(
                                    mediaType,
                                    MediaTypes.JSON,
                                    others.length == 0 ? "" : " or one of " + List.of(others)));
        }
    }
}
