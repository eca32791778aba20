package io.llmschema.http.confluentapi;

import io.llmschema.http.Request;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;

/** From the names in requests to subjects: they may name a context or be in that of the path, and one may stand for another. */
record SubjectNames(SchemaRegistry registry) {
    private static final String QUALIFIED = ":.";

    /** How a name begins that names the default context, which subjects never do. */
    private static final String IN_DEFAULT_CONTEXT = ":.:";

    /** In the place of a subject: none. */
    private static final String EMPTY = "__EMPTY";

    /** The subject of the path, or that which it is an alias of. */
    Subject of(Request request) {
        Subject subject = requireOrdinary(unaliased(request));
        SubjectSettings set = registry.settings(subject);
        return set.attributes() == null
                ? subject
                : Config.of(set)
                        .alias()
                        .map(alias -> requireOrdinary(in(subject.context(), alias, subject.tenant())))
                        .orElse(subject);
    }

    /** The subject of the path itself, which may also stand for all subjects of a context. */
    static Subject unaliased(Request request) {
        return in(Contexts.of(request), request.path("subject"), request.tenant());
    }

    /** The subject of that name, in a context unless the name says another. */
    static Subject in(String context, String name, TenantId tenant) {
        return new Subject(tenant, nameIn(context, name));
    }

    /** What is called so in a context, by its whole name; be it that of a subject or not. */
    static String nameIn(String context, String name) {
        if (name.startsWith(IN_DEFAULT_CONTEXT)) {
            return name.substring(IN_DEFAULT_CONTEXT.length());
        }
        boolean isComplete = name.startsWith(QUALIFIED) || context.equals(Subject.DEFAULT_CONTEXT);
        return isComplete ? name : ":" + context + ":" + name;
    }

    /** The beginning of the names of a context's subjects, and of some of them. */
    static String prefixIn(String context, String prefix) {
        boolean isComplete = prefix.startsWith(":.") || prefix.startsWith(":*:");
        return isComplete || context.equals(Subject.DEFAULT_CONTEXT) ? prefix : ":" + context + ":" + prefix;
    }

    /** What a subject is called by one that is in a context: a name that, read there, means it again. */
    static String asSeenFrom(String context, Subject subject) {
        if (subject.context().equals(context)) {
            return subject.nameInContext();
        }
        return subject.context().equals(Subject.DEFAULT_CONTEXT) ? IN_DEFAULT_CONTEXT + subject.name() : subject.name();
    }

    private static Subject requireOrdinary(Subject subject) {
        boolean isReserved = subject.isScope()
                || subject.nameInContext().equals(EMPTY)
                || subject.scope().equals(Subject.ofAllContexts(subject.tenant()));
        if (isReserved) {
            throw new ConfluentRefusal(
                    42208, 422, "The specified subject '%s' is not a valid.".formatted(subject.name()));
        }
        return subject;
    }
}
