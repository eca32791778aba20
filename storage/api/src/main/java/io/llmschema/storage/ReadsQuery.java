package io.llmschema.storage;

import io.llmschema.model.SchemaId;
import io.llmschema.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The question how reads are spread over time.
 *
 * @param schema of which version; absent: of all of the tenant
 * @param period begins and ends where steps do, and has at most {@value #MAX_STEPS} of them
 */
public record ReadsQuery(TenantId tenant, @Nullable SchemaId schema, Period period, Step step) {
    public static final int MAX_STEPS = 1_500;

    public ReadsQuery {
        if (schema != null && !schema.tenant().equals(tenant)) {
            throw new IllegalArgumentException("schema %s is not of tenant %s".formatted(schema, tenant));
        }
        step.requireWhole(period);
        if (step.count(period) > MAX_STEPS) {
            throw new IllegalArgumentException("%s has more than %d steps".formatted(period, MAX_STEPS));
        }
    }

    /** The starts of all steps, in the order of time. */
    public Stream<Instant> starts() {
        return LongStream.range(0, step.count(period))
                .mapToObj(step.length()::multipliedBy)
                .map(period.from()::plus);
    }

    /** A stretch of time by which reads are added up; days are those of UTC. */
    public enum Step {
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration length;

        Step(Duration length) {
            this.length = length;
        }

        public Duration length() {
            return length;
        }

        /** The start of the step that a moment lies in. */
        public Instant startOf(Instant time) {
            return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length.toSeconds()) * length.toSeconds());
        }

        /** Refuses a period that does not begin and end where steps do. */
        void requireWhole(Period period) {
            if (!period.from().equals(startOf(period.from())) || !period.to().equals(startOf(period.to()))) {
                throw new IllegalArgumentException("%s is not of whole steps, a %s each".formatted(period, this));
            }
        }

        /** How many steps fit into a period. */
        public long count(Period period) {
            return Duration.between(period.from(), period.to()).dividedBy(length);
        }
    }
}
