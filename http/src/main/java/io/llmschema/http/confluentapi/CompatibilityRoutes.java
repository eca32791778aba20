package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.CompatibilityReport;
import io.llmschema.registry.CompatibilityRequest;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /compatibility}: whether a schema may follow the versions of a subject. */
record CompatibilityRoutes(
        SchemaRegistry registry, SubjectNames names, VersionFinder finder, Registrations registrations) {
    private static final String VERSIONS = "/compatibility/subjects/{subject}/versions";

    Stream<Route> routes() {
        return Stream.of(
                        Route.post(VERSIONS, request -> check(request, List.of())),
                        Route.post(VERSIONS + "/{version}", this::checkOne))
                .flatMap(Contexts::both);
    }

    private Answer checkOne(Request request) {
        VersionSelector version = Parameters.version(request);
        Subject subject = names.of(request);
        if (version.equals(VersionSelector.LATEST)) {
            return check(request, finder.latest(subject).isPresent() ? List.of(version) : List.of());
        }
        requireVersion(new SchemaKey.ByVersion(subject, version));
        return check(request, List.of(version));
    }

    /** A version by number is missing whether its subject is there or not. */
    private void requireVersion(SchemaKey key) {
        try {
            registry.find(key);
        } catch (SubjectNotFound e) {
            throw new SchemaNotFound(key);
        }
    }

    private Answer check(Request request, List<VersionSelector> against) {
        boolean isVerbose = Parameters.flag(request, "verbose");
        Wish wish = Wish.read(request, names.of(request));
        try {
            return answer(request, messages(wish, against), isVerbose);
        } catch (ConfluentRefusal e) {
            if (isVerbose && e.code() == Refusals.INVALID_SCHEMA) {
                return answer(request, List.of(e.message()), true);
            }
            throw e;
        }
    }

    private static Answer answer(Request request, List<String> messages, boolean isVerbose) {
        return Replies.done(
                request,
                out -> out.object(() -> {
                    out.flag("is_compatible", messages.isEmpty());
                    if (isVerbose && !messages.isEmpty()) {
                        out.texts("messages", messages);
                    }
                }));
    }

    /** What stands against a schema; nothing if it may follow. */
    private List<String> messages(Wish wish, List<VersionSelector> against) {
        if (wish.isBlank()) {
            throw Registrations.empty();
        }
        try {
            CompatibilityReport report = registrations.refusing(
                    wish, () -> registry.checkCompatibility(question(registrations.asText(wish), against)));
            return report.isAccepted()
                    ? List.of()
                    : IncompatibilityText.messages(
                            report.comparisons(), report.settings().criteria().level(), registry::find);
        } catch (IncomparableTypes e) {
            return List.of(IncompatibilityText.OTHER_TYPE);
        }
    }

    private CompatibilityRequest question(Wish wish, List<VersionSelector> against) {
        Set<DataEncoding> encodings = Registrations.encodings(wish.type());
        boolean isSet = encodings.isEmpty()
                || !registry.settingsInForce(wish.subject())
                        .criteria()
                        .aspects()
                        .isEmpty();
        return new CompatibilityRequest(
                wish.subject(),
                wish.type(),
                wish.content(),
                wish.references(),
                wish.contract().into(Metadata.NONE),
                isSet ? SubjectSettings.NONE : new SubjectSettings(null, null, encodings, null, null, null, null),
                against);
    }
}
