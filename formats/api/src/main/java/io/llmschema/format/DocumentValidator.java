package io.llmschema.format;

import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;

/** A schema made ready to check documents: immutable, safe for any number of threads, and worth keeping. */
public interface DocumentValidator {
    /** The deepest nesting of a document that is read. */
    int MAX_DEPTH = 500;

    /**
     * Checks a document; all its errors are found, in the order of the document as far as that is known.
     *
     * <p>Any bytes at all may be given. What cannot be read in the encoding, or is nested deeper than {@link #MAX_DEPTH}, has one error with
     * the keyword {@link io.llmschema.model.DocumentError#SYNTAX}. Time and memory are bounded whatever schema and document are.
     *
     * @throws RegistryException.InvalidValue the schema has no such message, or its data no such encoding
     * @throws RegistryException.TooMuchToValidate the bounds were reached before the answer was known
     */
    DocumentReport validate(byte[] document, DocumentForm form);
}
