package io.llmschema.http.registryapi;

import io.llmschema.http.Request;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.CompatibilityRequest;
import io.llmschema.registry.RegistryLimits;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From requests to what the registry is asked about compatibility. */
final class CompatibilityRequests {
    private static final Set<String> FIELDS =
            Set.of("schemaType", "schema", "references", "metadata", "level", "policy", "aspects", "against");
    private static final Set<String> ITEM_FIELDS =
            Stream.concat(FIELDS.stream(), Stream.of("subject")).collect(Collectors.toUnmodifiableSet());

    private CompatibilityRequests() {}

    /** The question about one subject: an envelope, or a bare schema. */
    static CompatibilityRequest question(Request request, Subject subject) {
        String mediaType = request.mediaType();
        Optional<SchemaType> bare = MediaTypes.schemaType(mediaType);
        if (bare.isPresent()) {
            return bareQuestion(request, subject, bare.get());
        }
        Requests.requireEnvelope(mediaType);
        return question(JsonIn.parse(request.body()).allowing(FIELDS), subject);
    }

    private static CompatibilityRequest bareQuestion(Request request, Subject subject, SchemaType type) {
        List<String> aspects = request.queryList("aspect");
        SubjectSettings wish =
                SettingsJson.wish(request.query("level"), request.query("policy"), aspects.isEmpty() ? null : aspects);
        return new CompatibilityRequest(
                subject,
                type,
                new SchemaContent(request.body()),
                List.of(),
                Metadata.NONE,
                wish,
                selectors(request.queries("against")));
    }

    /**
     * The questions of a batch, in their order. A body that is not as described is refused as a whole; an item with a value that is none is
     * there, and throws when it is asked for.
     */
    static List<Supplier<CompatibilityRequest>> batch(Request request) {
        Requests.requireJson(request.mediaType());
        JsonIn body = JsonIn.parse(request.body()).allowing(Set.of("items"));
        if (!body.has("items")) {
            throw body.malformed("items", "it is missing");
        }
        TenantId tenant = request.tenant();
        List<Supplier<CompatibilityRequest>> items = body.objects("items", item -> item(item, tenant));
        if (items.isEmpty() || items.size() > RegistryLimits.MAX_COMPATIBILITY_ITEMS) {
            throw new InvalidValue(
                    "batch",
                    items.size() + " items",
                    "a batch of questions has 1 to " + RegistryLimits.MAX_COMPATIBILITY_ITEMS + " items");
        }
        return items;
    }

    private static Supplier<CompatibilityRequest> item(JsonIn item, TenantId tenant) {
        item.allowing(ITEM_FIELDS);
        try {
            CompatibilityRequest question = question(item, new Subject(tenant, item.requiredText("subject")));
            return () -> question;
        } catch (InvalidValue e) {
            return () -> {
                throw e;
            };
        }
    }

    private static CompatibilityRequest question(JsonIn body, Subject subject) {
        SchemaType type = body.text("schemaType").map(SchemaType::parse).orElse(SchemaType.JSON);
        return new CompatibilityRequest(
                subject,
                type,
                Requests.content(body, type),
                body.objects("references", reference -> Requests.reference(reference, subject.tenant())),
                new Metadata(null, null, List.of(), body.attributes().orElse("{}")),
                SettingsJson.wish(
                        body.text("level"), body.text("policy"), body.has("aspects") ? body.texts("aspects") : null),
                selectors(body.texts("against")));
    }

    private static List<VersionSelector> selectors(List<String> against) {
        return against.stream().map(VersionSelector::parse).toList();
    }
}
