package io.llmschema.format.json;

import com.networknt.schema.Error;
import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.JsonPlaces.Place;
import io.llmschema.json.JsonText;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema, ready to check documents.
 *
 * <p>Whether a document is valid takes one reading and one run of the library. Only what is not valid is run through it again, to find all
 * that is wrong: it costs more, and people and models wait for that answer anyway.
 */
final class JsonDocumentValidator implements DocumentValidator {
    /** What malformed UTF-8 becomes when it is read; a text without it was well-formed. */
    private static final char REPLACEMENT = '\uFFFD';

    private final LibraryValidator library;
    private final SchemaPlaces places;

    private JsonDocumentValidator(LibraryValidator library, SchemaPlaces places) {
        this.library = library;
        this.places = places;
    }

    /** @throws RegistryException.TooMuchToValidate the schema is more than can be made ready */
    static JsonDocumentValidator of(JsonNode root, SchemaSource source) {
        try {
            SchemaDocument document = SchemaDocument.read(root);
            UnfoldedSize.check(document, source.references());
            LibraryValidator library = LibraryValidator.of(root, document.root().draft(), source.references());
            return new JsonDocumentValidator(library, new SchemaPlaces(root, document, source.references()));
        } catch (TooHard e) {
            throw new RegistryException.TooMuchToValidate(e.reason());
        }
    }

    @Override
    public DocumentReport validate(byte[] document, DocumentForm form) {
        checkForm(form);
        String text = new String(document, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0
                && SchemaText.decode(new SchemaContent(document))
                        instanceof SchemaText.Unreadable(Violation violation)) {
            return syntaxError(violation);
        }
        if (text.startsWith(SchemaText.BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.Malformed(Violation violation) -> syntaxError(violation);
            case JsonText.WellFormed(JsonNode root) -> validate(text, root);
        };
    }

    private static void checkForm(DocumentForm form) {
        if (form.encoding() != DataEncoding.JSON) {
            throw new RegistryException.InvalidValue(
                    "encoding", form.encoding().name(), "data of a JSON Schema has no encoding but JSON");
        }
        if (form.message() != null) {
            throw new RegistryException.InvalidValue(
                    "message", form.message(), "a JSON Schema describes one kind of document, which has no name");
        }
    }

    private static DocumentReport syntaxError(Violation violation) {
        String place = violation.line() > 0 ? "line " + violation.line() + ", column " + violation.column() + ": " : "";
        return DocumentReport.of(new DocumentError("", "", DocumentError.SYNTAX, place + violation.reason()));
    }

    private DocumentReport validate(String text, JsonNode root) {
        try {
            Optional<Error> any = library.anyError(root);
            return any.isEmpty() ? DocumentReport.VALID : explain(text, root, any.get());
        } catch (TooHard e) {
            throw new RegistryException.TooMuchToValidate(e.reason());
        }
    }

    private DocumentReport explain(String text, JsonNode root, Error any) {
        LibraryValidator.Errors errors;
        try {
            errors = library.allErrors(root);
        } catch (TooHard _) {
            errors = new LibraryValidator.Errors(List.of(), true);
        }
        // What has at least one error is not valid, even if there is no room to look for all.
        List<Error> told = errors.errors().isEmpty() ? List.of(any) : errors.errors();
        ErrorSentences sentences = new ErrorSentences(root, places);
        List<DocumentError> all =
                new ArrayList<>(told.stream().map(sentences::of).distinct().toList());
        Map<String, Place> where = JsonPlaces.find(
                text, all.stream().map(DocumentError::instancePath).toList());
        all.sort(Comparator.comparingInt(error -> start(where.get(error.instancePath()))));
        return new DocumentReport(all, errors.isCut());
    }

    private static int start(@Nullable Place place) {
        return place == null ? 0 : place.start();
    }
}
