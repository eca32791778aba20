package io.llmschema.model;

import java.util.List;

/**
 * What a schema says of a document.
 *
 * @param errors all that is wrong, or the first {@value #MAX_ERRORS}; none: the document is valid
 * @param isCut whether there are more errors than are listed
 */
public record DocumentReport(List<DocumentError> errors, boolean isCut) {
    /** The most errors that are listed of one document. */
    public static final int MAX_ERRORS = 500;

    public static final DocumentReport VALID = new DocumentReport(List.of(), false);

    public DocumentReport {
        isCut |= errors.size() > MAX_ERRORS;
        errors = errors.stream().limit(MAX_ERRORS).toList();
    }

    public static DocumentReport of(List<DocumentError> errors) {
        return errors.isEmpty() ? VALID : new DocumentReport(errors, false);
    }

    public static DocumentReport of(DocumentError error) {
        return new DocumentReport(List.of(error), false);
    }

    public boolean isValid() {
        return errors.isEmpty();
    }
}
