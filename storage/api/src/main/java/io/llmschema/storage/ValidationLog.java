package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import java.util.Collection;

/**
 * What came of validating documents: each validation by itself, and counts of them by version, by failed field and by the hour.
 *
 * <p>Safe for any number of threads and nodes; calls block. Every method may throw {@link
 * io.llmschema.model.RegistryException.StorageUnavailable} or {@link io.llmschema.model.RegistryException.RolledBack}. Questions of one
 * tenant see nothing of another's, and nothing of versions that were removed for good. Lists go on where they ended; validations that
 * are recorded meanwhile may move a version or a field across the border of a page.
 */
public interface ValidationLog {
    /** The most records of one batch. */
    int MAX_BATCH = 1_000;

    /**
     * Adds validations: all of them, or when it throws, none.
     *
     * <p>It cannot tell a batch that is sent again from new validations. So a batch of which the answer was lost (the connection broke
     * after the store had written it) and that is sent again is there twice; any other failure may be tried again without harm.
     *
     * @param records at most {@value #MAX_BATCH}
     */
    void record(Collection<ValidationRecord> records);

    /** The validations that pass the filter, the newest first, of equal times that which was recorded last. */
    Page<PastValidation> history(ValidationFilter filter, PageRequest page);

    /** The versions against which documents were validated, deleted ones too, in the order asked for. */
    Page<ValidationRate> rates(RatesQuery query, PageRequest page);

    /** The fields in which documents failed, those with the most failures first, of equally many in their order. */
    FailedFields failedFields(FailedFieldsQuery query, PageRequest page);

    /**
     * Keeps the log in order: room is made for the months to come, and months all of which are older than it is kept are deleted. May take
     * minutes. To be done every few minutes by any node.
     *
     * @return whether it was done; it is not when another node is at it
     */
    boolean maintain();
}
