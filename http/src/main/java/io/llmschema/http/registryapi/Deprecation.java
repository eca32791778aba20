package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The headers by which a client that asks no further hears that what it reads is on its way out: {@code Deprecation} (RFC 9745) with the time since
 * when, {@code Sunset} (RFC 8594) with the end of the last day, and {@code Link} to what to use instead ({@code successor-version}, RFC 5829).
 */
final class Deprecation {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Deprecation() {}

    static UnaryOperator<Answer> of(SchemaSummary schema) {
        return of(schema.state(), schema.subject());
    }

    static UnaryOperator<Answer> of(SubjectSummary subject) {
        return of(subject.state(), subject.subject());
    }

    private static UnaryOperator<Answer> of(SchemaState state, Subject subject) {
        return state instanceof SchemaState.Deprecated deprecated
                ? answer -> with(answer, deprecated, subject)
                : UnaryOperator.identity();
    }

    private static Answer with(Answer answer, SchemaState.Deprecated state, Subject subject) {
        // Of what was deprecated before times were kept it is only known that it is.
        Answer said = answer.with(
                "Deprecation",
                state.since() == null ? "@0" : "@" + state.since().getEpochSecond());
        if (state.sunset() != null) {
            said = said.with("Sunset", endOf(state.sunset()));
        }
        if (state.replacement() != null) {
            said = said.with(
                    "Link", "<%s>; rel=\"successor-version\"".formatted(address(state.replacement(), subject)));
        }
        return said;
    }

    private static String endOf(LocalDate day) {
        return HTTP_DATE.format(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).minusSeconds(1));
    }

    /** Where what is meant by the owner's words is read: an address as it is, a version of the same subject, a subject, or both. */
    private static String address(String replacement, Subject subject) {
        if (replacement.matches("https?://[!-~&&[^<>\"]]+")) {
            return replacement;
        }
        if (isVersion(replacement)) {
            return version(subject.name(), replacement);
        }
        int at = replacement.lastIndexOf('@');
        boolean namesVersion = at > 0 && isVersion(replacement.substring(at + 1));
        return namesVersion
                ? version(replacement.substring(0, at), replacement.substring(at + 1))
                : "/api/v1/subjects/" + encoded(replacement);
    }

    private static boolean isVersion(String text) {
        return Version.tryParse(text).isPresent();
    }

    private static String version(String subject, String version) {
        return "/api/v1/subjects/%s/versions/%s".formatted(encoded(subject), encoded(version));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
