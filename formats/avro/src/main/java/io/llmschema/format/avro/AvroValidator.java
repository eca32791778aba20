package io.llmschema.format.avro;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks documents against one schema: by walks of its own, since the library stops at the first mistake, does not say where it is, and lets
 * pass what the specification forbids ({@link JsonDocument} and {@link BinaryDocument} say what).
 *
 * <p>Data are judged as their writer wrote them. Defaults and aliases belong to schema resolution, which is the reader's; here every field is
 * there, under its name.
 */
final class AvroValidator implements DocumentValidator {
    private final DataTypes types;

    AvroValidator(SchemaSource schema) {
        this.types = DataTypes.of(schema);
    }

    @Override
    public DocumentReport validate(byte[] document, DocumentForm form) {
        DataTypes.Known known = typeOf(form.message());
        return switch (form.encoding()) {
            case JSON -> json(document, known.type());
            case BINARY -> binary(document, known.type(), known.schema());
        };
    }

    private DataTypes.Known typeOf(@Nullable String message) {
        if (message == null) {
            return types.root();
        }
        return types.named(message).orElseThrow(() -> {
            String names = types.names().isEmpty()
                    ? "the schema has no named types"
                    : "the named types of the schema are " + Wording.list(types.names().stream());
            String meant = Wording.nearest(message, types.names())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
            return new RegistryException.InvalidValue("message", message, names + meant);
        });
    }

    private static DocumentReport json(byte[] document, DataType type) {
        return switch (SchemaText.decode(new SchemaContent(document))) {
            case SchemaText.Unreadable(Violation violation) ->
                syntax(type, "", violation.line() == 0 ? "the document is empty" : at(violation));
            case SchemaText.Readable(String text) ->
                switch (JsonText.parse(text, MAX_DEPTH)) {
                    case JsonText.Malformed(Violation violation) ->
                        syntax(type, Optional.ofNullable(violation.pointer()).orElse(""), at(violation));
                    case JsonText.WellFormed(JsonNode root) -> JsonDocument.check(root, type);
                };
        };
    }

    private static String at(Violation violation) {
        return "line " + violation.line() + ", column " + violation.column() + ": " + violation.reason();
    }

    private static DocumentReport syntax(DataType type, String instancePath, String message) {
        return DocumentReport.of(
                new DocumentError(instancePath, type.place().toString(), DocumentError.SYNTAX, message));
    }

    /**
     * A bare datum, or one in the single-object encoding, whose header names the schema.
     *
     * <p>A bare datum may begin with the bytes of a header by chance, though hardly with the fingerprint; so only that decides.
     */
    private static DocumentReport binary(byte[] document, DataType type, Schema schema) {
        Optional<SingleObject> header = SingleObject.of(document);
        if (header.isEmpty()) {
            return BinaryDocument.check(document, 0, type);
        }
        Optional<Long> expected = SingleObject.fingerprint(schema);
        if (expected.filter(fingerprint -> fingerprint == header.get().fingerprint())
                .isPresent()) {
            return BinaryDocument.check(document, SingleObject.LENGTH, type);
        }
        DocumentReport bare = BinaryDocument.check(document, 0, type);
        boolean isNoDatum =
                bare.errors().stream().anyMatch(error -> error.keyword().equals(DocumentError.SYNTAX));
        return isNoDatum
                ? syntax(
                        type,
                        "",
                        header.get().refusal(expected, bare.errors().getFirst().message()))
                : bare;
    }
}
