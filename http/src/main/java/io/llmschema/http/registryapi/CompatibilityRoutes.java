package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.Overloaded;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.registry.ComparisonAllowance;
import io.llmschema.registry.CompatibilityRequest;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.function.Supplier;

/** {@code /api/v1/subjects/{subject}/compatibility} and {@code /api/v1/compatibility}: whether schemas may follow others. */
record CompatibilityRoutes(SchemaRegistry registry) {
    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/subjects/{subject}/compatibility", this::check),
                Route.post("/api/v1/compatibility", this::checkAll));
    }

    private Answer check(Request request) {
        CompatibilityRequest question = CompatibilityRequests.question(request, SubjectRoutes.subject(request));
        return Answer.of(200, MediaTypes.JSON, CompatibilityOut.report(registry.checkCompatibility(question)));
    }

    private Answer checkAll(Request request) {
        ComparisonAllowance allowance = ComparisonAllowance.ofBatch();
        List<CompatibilityAnswer> answers = CompatibilityRequests.batch(request).stream()
                .map(item -> answer(item, allowance))
                .toList();
        return Answer.of(200, MediaTypes.JSON, CompatibilityOut.answers(answers));
    }

    private CompatibilityAnswer answer(Supplier<CompatibilityRequest> item, ComparisonAllowance allowance) {
        try {
            return new CompatibilityAnswer.Judged(registry.checkCompatibility(item.get(), allowance));
        } catch (StorageUnavailable | RolledBack | Overloaded e) {
            // It will pass: who sends the whole batch again gets an answer to every item.
            throw e;
        } catch (RegistryException e) {
            return new CompatibilityAnswer.Refused(Problem.of(e));
        }
    }
}
