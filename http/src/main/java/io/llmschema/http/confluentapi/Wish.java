package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import io.llmschema.json.JsonText;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.RequestedReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schema as a request gives it.
 *
 * @param content blank: that of the latest version is meant, with its type and references
 * @param contract what the request itself gives
 * @param version wished for; absent: not given
 * @param id that it has in the registry from which it comes; absent: it comes from none
 * @param isNormalizing whether the schema is to be kept in its normal form
 * @param tags by which the schema is to differ from the one given
 */
record Wish(
        Subject subject,
        SchemaType type,
        SchemaContent content,
        List<RequestedReference> references,
        Contract contract,
        @Nullable Integer version,
        @Nullable Integer id,
        boolean isNormalizing,
        TagChange tags) {
    /** In the place of a version: the next one. */
    static final int NEXT = -1;

    /** Deeper than what is meant. */
    private static final int MAX_DEPTH = 300;

    /** How much of a schema a refusal shows. */
    private static final int MAX_SHOWN_CHARS = 1_024;

    Wish {
        references = List.copyOf(references);
    }

    /** A schema with the tags that it has. */
    Wish(
            Subject subject,
            SchemaType type,
            SchemaContent content,
            List<RequestedReference> references,
            Contract contract,
            @Nullable Integer version,
            @Nullable Integer id,
            boolean isNormalizing) {
        this(subject, type, content, references, contract, version, id, isNormalizing, TagChange.NONE);
    }

    static Wish read(Request request, Subject subject) {
        JsonNode body = body(request);
        LenientObject object = LenientObject.of(body);
        return new Wish(
                subject,
                object.text("schemaType").map(Wish::type).orElse(SchemaType.AVRO),
                SchemaContent.of(object.text("schema").orElse("")),
                object.objects("references", reference -> reference(reference, subject)),
                Contract.read(body),
                object.number("version").filter(number -> number != 0).orElse(null),
                object.number("id").filter(number -> number >= 0).orElse(null),
                Parameters.flag(request, "normalize"),
                TagChange.read(body));
    }

    /** The object that a body is. */
    static JsonNode body(Request request) {
        MediaType.requireJson(request);
        String text = text(request.body());
        if (text.isBlank()) {
            throw absent();
        }
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) when root.isObject() -> root;
            case JsonText.WellFormed(JsonNode root) when root.isNull() -> throw absent();
            case JsonText.WellFormed _ -> throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is no JSON object");
            case JsonText.Malformed(var violation) ->
                throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is not JSON: " + violation.reason());
        };
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpProblem(Kind.MALFORMED_REQUEST, "the body is not well-formed UTF-8");
        }
    }

    private static ConfluentRefusal absent() {
        return new ConfluentRefusal(422, 422, "the body of the request must not be null");
    }

    private static SchemaType type(String name) {
        try {
            return SchemaType.parse(name.toUpperCase(Locale.ROOT));
        } catch (InvalidValue e) {
            throw new ConfluentRefusal(Refusals.INVALID_SCHEMA, 422, "Invalid schema type " + name);
        }
    }

    /** A name that names no context is one of the context of whoever refers to it. */
    private static RequestedReference reference(LenientObject reference, Subject referrer) {
        String name = reference.text("name").orElseThrow(() -> reference.malformed("name", "it is missing"));
        String subject = reference.text("subject").orElseThrow(() -> reference.malformed("subject", "it is missing"));
        int version = reference.number("version").orElse(NEXT);
        if (version < NEXT || version == 0) {
            throw new ConfluentRefusal(
                    Refusals.INVALID_SCHEMA,
                    422,
                    "Invalid schema, details: the reference '%s' has the version %d, which cannot be"
                            .formatted(name, version));
        }
        return new RequestedReference(
                name,
                SubjectNames.in(referrer.context(), subject, referrer.tenant()),
                version == NEXT ? VersionSelector.LATEST : new VersionSelector.Numbered(version));
    }

    boolean isBlank() {
        return content.text().isBlank();
    }

    boolean isImport() {
        return id != null;
    }

    Wish with(SchemaType otherType, SchemaContent otherContent, List<RequestedReference> otherReferences) {
        return new Wish(subject, otherType, otherContent, otherReferences, contract, version, id, isNormalizing, tags);
    }

    Wish with(SchemaContent otherContent) {
        return with(type, otherContent, references);
    }

    Wish with(Contract otherContract) {
        return new Wish(subject, type, content, references, otherContract, version, id, isNormalizing, tags);
    }

    /** The refusal of a schema that is none, with all that was wished for. */
    ConfluentRefusal invalid(String reason) {
        String text = content.text();
        return new ConfluentRefusal(
                Refusals.INVALID_SCHEMA,
                422,
                "Invalid schema {subject=%s,version=%d,id=%d,schemaType=%s,references=%s,schema=%s}, details: %s"
                        .formatted(
                                subject,
                                version == null ? 0 : version,
                                id == null ? -1 : id,
                                type,
                                references.stream()
                                        .map(reference -> "{name='%s', subject='%s', version=%s}"
                                                .formatted(reference.name(), reference.subject(), reference.selector()))
                                        .toList(),
                                text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…",
                                reason));
    }
}
