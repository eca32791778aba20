package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How often, how fast and when versions are read, by the minute.
 *
 * <p>Safe for any number of threads and nodes; calls block. Every method may throw {@link
 * io.llmschema.model.RegistryException.StorageUnavailable} or {@link io.llmschema.model.RegistryException.RolledBack}. Questions of one
 * tenant see nothing of another's; lists go on where they ended, but reads that are recorded meanwhile may move an item across the
 * border of a page.
 */
public interface AccessLog {
    /** The most counts of one batch. */
    int MAX_BATCH = 1_000;

    /** The most versions that are {@link #popular}. */
    int MAX_POPULAR = 10_000;

    /** How far back reads make a version popular. */
    Duration POPULAR_WINDOW = Duration.ofDays(7);

    /**
     * Adds counts to those that are there already for the same version and minute: all of them, or when it throws, none.
     *
     * <p>It cannot tell a batch that is sent again from new reads. So a batch of which the answer was lost (the connection broke
     * after the store had written it) and that is sent again counts twice; any other failure may be tried again without harm.
     *
     * @param counts at most {@value #MAX_BATCH}; several may be for the same version and minute
     */
    void record(Collection<AccessCount> counts);

    /**
     * The versions of all tenants that were read most within the {@link #POPULAR_WINDOW}, the most read first, without deleted ones.
     *
     * <p>As it was when {@link #maintain} was last done, by any node; empty before the first time.
     *
     * @param limit at most {@value #MAX_POPULAR}
     */
    List<PopularSchema> popular(int limit);

    /** The versions that were read in a period, deleted ones too, the most read first. */
    Page<SchemaAccess> mostRead(TenantId tenant, Period period, PageRequest page);

    /** The versions that were read in a period, deleted ones too, those with the longest mean time first. */
    Page<SchemaAccess> slowest(TenantId tenant, Period period, PageRequest page);

    /** The live versions made before a period's end and not read in it, by subject name and then in the order of registration. */
    Page<SchemaSummary> neverRead(TenantId tenant, Period period, PageRequest page);

    /** How many reads there were in each step of a period, in the order of time; steps without any are there too. */
    List<ReadsInStep> readsOverTime(ReadsQuery query);

    /**
     * Keeps the log in order: room is made for the days to come, what is older than it is kept is deleted, and what is popular is
     * found anew. May take minutes. To be done every few minutes by any node.
     *
     * @return whether it was done; it is not when another node is at it
     */
    boolean maintain();
}
