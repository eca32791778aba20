package io.llmschema.storage;

import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.ReadsQuery.Step;
import org.jspecify.annotations.Nullable;

/**
 * The question how often validations fail, version by version.
 *
 * @param subject of the versions; absent: all subjects of the tenant
 * @param period of whole hours
 */
public record RatesQuery(TenantId tenant, @Nullable Subject subject, Period period, Order order) {
    /** Which versions come first; those that are equal in both come by id. */
    public enum Order {
        /** The most failures, of equally many the highest rate. */
        MOST_FAILURES,
        /** The highest rate, of equal ones the most failures. */
        HIGHEST_RATE
    }

    public RatesQuery {
        if (subject != null && !subject.tenant().equals(tenant)) {
            throw new IllegalArgumentException("subject %s is not of tenant %s".formatted(subject, tenant));
        }
        Step.HOUR.requireWhole(period);
    }
}
