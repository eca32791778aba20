package io.llmschema.format.protobuf;

import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import java.util.ArrayList;
import java.util.List;

/** The errors found in one document so far. */
final class DocumentErrors {
    private final List<DocumentError> errors = new ArrayList<>();

    /** Whether one more was found than a report lists, so that it is known to be cut and nothing further need be looked at. */
    boolean isFull() {
        return errors.size() > DocumentReport.MAX_ERRORS;
    }

    void add(DocumentError error) {
        if (!isFull()) {
            errors.add(error);
        }
    }

    DocumentReport report() {
        return DocumentReport.of(errors);
    }
}
