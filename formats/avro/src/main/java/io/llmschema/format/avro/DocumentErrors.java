package io.llmschema.format.avro;

import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, up to what a report lists. For one thread. */
final class DocumentErrors {
    private final List<DocumentError> errors = new ArrayList<>();
    private boolean isFull;

    void add(DocumentPath path, SchemaPlace place, String keyword, String message) {
        if (errors.size() < DocumentReport.MAX_ERRORS) {
            errors.add(new DocumentError(path.pointer(), place.toString(), keyword, message));
        } else {
            isFull = true;
        }
    }

    /** Whether there was one more than is listed, so that there is nothing left to look for. */
    boolean isFull() {
        return isFull;
    }

    DocumentReport report() {
        return errors.isEmpty() ? DocumentReport.VALID : new DocumentReport(errors, isFull);
    }
}
