package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.ConsistencyTokens;
import io.llmschema.http.Dialect;
import io.llmschema.http.Endpoint;
import io.llmschema.http.HttpProblem;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.stream.Stream;

/** The dialect of Confluent's registry, at the root of the port: all paths that nobody else owns. */
public final class ConfluentApi implements Dialect {
    private final Refusals refusals;
    private final List<Route> routes;

    public ConfluentApi(SchemaRegistry registry, ConfluentLevel level) {
        SubjectNames names = new SubjectNames(registry);
        VersionFinder finder = new VersionFinder(registry);
        Registrations registrations = new Registrations(registry, finder, level);
        Deletions deletions = new Deletions(registry, finder);
        SchemaOut out = new SchemaOut(registry, level);
        SchemaReplies replies = new SchemaReplies(registry, out, new ReadyAnswers(out));
        this.refusals = new Refusals(level);
        Stream<Route> consistent = Stream.of(
                        new SubjectRoutes(registry, names, finder, registrations, deletions, replies).routes(),
                        new VersionRoutes(registry, names, finder, deletions, replies).routes(),
                        new SchemaRoutes(registry, replies).routes(),
                        new SchemaListRoutes(registry, replies).routes(),
                        new CompatibilityRoutes(registry, names, finder, registrations).routes(),
                        new TagRoutes(registry, names, registrations, out).routes(),
                        new ConfigRoutes(registry).routes(),
                        new ModeRoutes(registry).routes(),
                        new ContextRoutes(registry).routes())
                .flatMap(routes -> routes)
                .map(route -> ConsistencyTokens.on(spoken(route), this));
        // What the server is, and what it is not, is no state of the registry.
        Stream<Route> others = Stream.concat(new ServerRoutes(level).routes(), AbsentRoutes.routes())
                .map(this::spoken);
        this.routes = Stream.concat(consistent, others).toList();
    }

    /** The route, with refusals in the media type that a request accepts. */
    private Route spoken(Route route) {
        Endpoint endpoint = route.endpoint();
        return new Route(route.method(), route.template(), request -> answer(request, endpoint));
    }

    private Answer answer(Request request, Endpoint endpoint) {
        try {
            return endpoint.answer(request);
        } catch (ConfluentRefusal e) {
            return Refusals.of(e).toAnswer(MediaType.acceptedBy(request));
        } catch (RegistryException e) {
            return refusals.of(e).toAnswer(MediaType.acceptedBy(request));
        } catch (HttpProblem e) {
            return Refusals.of(e).toAnswer(MediaType.acceptedBy(request));
        }
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public boolean owns(String rawPath) {
        return true;
    }

    @Override
    public Answer refusal(RegistryException refusal) {
        return refusals.of(refusal).toAnswer(MediaType.VERSIONED);
    }

    @Override
    public Answer refusal(HttpProblem problem) {
        return Refusals.of(problem).toAnswer(MediaType.VERSIONED);
    }

    @Override
    public Answer defect(String incident) {
        return Refusals.ofDefect().toAnswer(MediaType.VERSIONED).with("Registry-Incident", incident);
    }
}
