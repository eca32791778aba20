package io.llmschema.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a command has to say of a file that it examined.
 *
 * @param rule the kind of finding, a name for programs
 * @param message what was found, in a sentence
 * @param details what else a person wants to see of it, a line each
 */
record Finding(String rule, Severity severity, String message, Place place, List<String> details) {
    /** How much a finding counts. */
    enum Severity {
        /** It is wrong. */
        ERROR,
        /** It may be wrong: nobody can tell, or it is let pass. */
        WARNING
    }

    /**
     * Where in the file it is.
     *
     * @param path the place in the schema or document: a JSON Pointer (RFC 6901), or in Protobuf a full name; absent: the file as a whole
     * @param line counted from 1; 0 when it is not known
     * @param column counted from 1, in characters; 0 when it is not known
     */
    record Place(@Nullable String path, int line, int column) {
        static final Place WHOLE = new Place(null, 0, 0);

        static Place ofPath(String path) {
            return new Place(path, 0, 0);
        }
    }

    Finding {
        details = List.copyOf(details);
    }

    static Finding error(String rule, String message, Place place, String... details) {
        return new Finding(rule, Severity.ERROR, message, place, List.of(details));
    }

    static Finding warning(String rule, String message, Place place, String... details) {
        return new Finding(rule, Severity.WARNING, message, place, List.of(details));
    }
}
