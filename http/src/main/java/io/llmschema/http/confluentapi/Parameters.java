package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Deletion;

/** The parameters of requests, read as leniently as clients of this dialect expect. */
final class Parameters {
    private static final int LATEST = -1;

    private Parameters() {}

    /** A query parameter that is {@code true}; whatever else it is, and if it is absent, it is not set. */
    static boolean flag(Request request, String name) {
        return request.hasQuery()
                && request.query(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** A query parameter that is a whole number. */
    static int number(Request request, String name, int absent) {
        return request.query(name).map(Parameters::number).orElse(absent);
    }

    /** A whole number; a path or query with anything else leads nowhere. */
    static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new HttpProblem(Kind.UNKNOWN_ROUTE, "'%s' is not a number".formatted(text));
        }
    }

    /** Whether deleted versions or subjects are meant: besides the others, or alone. */
    static Deletion deletion(Request request) {
        if (flag(request, "deletedOnly")) {
            return Deletion.DELETED;
        }
        return flag(request, "deleted") ? Deletion.ANY : Deletion.LIVE;
    }

    /** The version of the path: a number from 1, or {@code latest}, which may also be written -1. */
    static VersionSelector version(Request request) {
        return version(request.path("version"));
    }

    static VersionSelector version(String text) {
        if (text.strip().equalsIgnoreCase("latest")) {
            return VersionSelector.LATEST;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number == LATEST) {
                return VersionSelector.LATEST;
            }
            if (number > 0) {
                return new VersionSelector.Numbered(number);
            }
        } catch (NumberFormatException e) {
            throw invalidVersion(text);
        }
        throw invalidVersion(text);
    }

    private static ConfluentRefusal invalidVersion(String text) {
        return new ConfluentRefusal(
                42202,
                422,
                "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
                        .formatted(text));
    }
}
