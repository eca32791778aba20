package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Subject;
import io.llmschema.model.WriteMode;
import io.llmschema.registry.SchemaRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code /mode} and {@code /mode/{subject}}: what may be changed. */
record ModeRoutes(SchemaRegistry registry) {
    private static final int INVALID_MODE = 42204;
    private static final String MODE = "mode";

    Stream<Route> routes() {
        return Stream.concat(routes("/mode", Scope::root), routes("/mode/{subject}", Scope::named))
                .flatMap(Contexts::both);
    }

    private Stream<Route> routes(String path, Function<Request, Subject> of) {
        return Stream.of(
                Route.get(path, request -> get(request, of.apply(request))),
                Route.put(path, request -> put(request, of.apply(request))),
                Route.delete(path, request -> delete(request, of.apply(request))));
    }

    private Answer get(Request request, Subject subject) {
        WriteMode set = registry.settings(subject).mode();
        if (Scope.isDefaultContext(subject) || Parameters.flag(request, "defaultToGlobal")) {
            return Replies.read(
                    request,
                    out -> out.object(() -> out.text(
                            MODE, registry.settingsInForce(subject).mode().name())));
        }
        if (set == null) {
            throw new ConfluentRefusal(
                    40409, 404, "Subject '%s' does not have subject-level mode configured".formatted(subject));
        }
        return Replies.read(request, out -> out.object(() -> out.text(MODE, set.name())));
    }

    private Answer put(Request request, Subject subject) {
        WriteMode mode = LenientObject.of(Wish.body(request))
                .text(MODE)
                .map(ModeRoutes::mode)
                .orElseThrow(ModeRoutes::invalid);
        if (mode == WriteMode.FORWARD && !isGlobalLevel(subject)) {
            throw new ConfluentRefusal(INVALID_MODE, 422, "Forward mode only supported on global level");
        }
        registry.changeMode(subject, mode, Parameters.flag(request, "force"));
        return answer(request, mode);
    }

    private static boolean isGlobalLevel(Subject subject) {
        return Scope.isDefaultContext(subject) || subject.equals(Subject.ofAllContexts(subject.tenant()));
    }

    private static WriteMode mode(String name) {
        return Arrays.stream(WriteMode.values())
                .filter(mode -> mode.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(ModeRoutes::invalid);
    }

    private static ConfluentRefusal invalid() {
        return new ConfluentRefusal(
                INVALID_MODE, 422, "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.");
    }

    private Answer delete(Request request, Subject subject) {
        boolean isRecursive = Parameters.flag(request, "recursive");
        WriteMode set = registry.settings(subject).mode();
        if (set == null && !Scope.isDefaultContext(subject) && !isRecursive) {
            throw new ConfluentRefusal(40401, 404, "Subject '%s' not found.".formatted(subject));
        }
        WriteMode deleted = set == null ? registry.settingsInForce(subject).mode() : set;
        registry.changeMode(subject, null, false);
        if (isRecursive && subject.isScope()) {
            new Scope(registry, subject).withModes().forEach(name -> registry.changeMode(name, null, false));
        }
        return answer(request, deleted);
    }

    private static Answer answer(Request request, WriteMode mode) {
        return Replies.done(request, out -> out.object(() -> out.text(MODE, mode.name())));
    }
}
