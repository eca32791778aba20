package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SubjectFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Contexts, as paths and names of subjects have them. */
final class Contexts {
    /** Where all routes are found again, inside a context. */
    static final String PREFIX = "/contexts/{context}";

    /** The most contexts that are looked through for a subject that names none. */
    static final int MAX_CONTEXTS = 1_000;

    private static final String CONTEXT = "context";

    private Contexts() {}

    /** A route, and the same inside a context. */
    static Stream<Route> both(Route route) {
        return Stream.of(route, new Route(route.method(), PREFIX + route.template(), route.endpoint()));
    }

    /** The context that a path names; the default one if it names none. */
    static String of(Request request) {
        return request.pathIfAny(CONTEXT).map(Contexts::named).orElse(Subject.DEFAULT_CONTEXT);
    }

    /** Written {@code .name}, or {@code :.name:} as subjects have it. */
    private static String named(String text) {
        String name = text.startsWith(":") && text.endsWith(":") && text.length() > 1
                ? text.substring(1, text.length() - 1)
                : text;
        if (!name.startsWith(".") || name.indexOf(':') >= 0) {
            throw new HttpProblem(
                    Kind.MALFORMED_PATH, "'%s' is no context; the name of one begins with a dot".formatted(text));
        }
        return name;
    }

    /** The contexts other than the default one in which subjects are, by name; at most {@value #MAX_CONTEXTS}. */
    static List<String> others(SchemaRegistry registry, TenantId tenant, Deletion deletion) {
        SubjectFilter filter = new SubjectFilter(tenant, ":.", Set.of(), null, List.of(), deletion);
        List<String> contexts = new ArrayList<>();
        Page<SubjectSummary> page = registry.listSubjects(filter, PageRequest.first(1));
        while (!page.items().isEmpty() && contexts.size() < MAX_CONTEXTS) {
            Subject subject = page.items().getFirst().subject();
            String context = subject.context();
            if (!context.equals(Subject.DEFAULT_CONTEXT)) {
                contexts.add(context);
            }
            page = registry.listSubjects(filter, new PageRequest(1, behind(subject)));
        }
        return contexts;
    }

    /** Behind all names that are in the context of a subject. A semicolon comes after the colon that ends the name of the context. */
    private static PagePosition behind(Subject subject) {
        String context = subject.context();
        return PagePosition.of(context.equals(Subject.DEFAULT_CONTEXT) ? subject.name() : ":" + context + ";");
    }
}
