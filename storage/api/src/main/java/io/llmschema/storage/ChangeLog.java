package io.llmschema.storage;

import java.time.Duration;
import java.util.List;

/** The history of a store, for those who keep copies of what it holds. */
public interface ChangeLog {
    /** Opens a feed of what happens from now on, whoever does it. The store may be out of reach: the feed then says so. */
    ChangeFeed follow();

    /**
     * Has a listener told of every change made through this object: after it is durable, before the call that made it returns, by the
     * thread that made it. To be set before the store is used.
     */
    void onCommit(CommitListener listener);

    /**
     * The changes of the last so long a time, whoever made them, each subject's merged into one.
     *
     * @param limit the most subjects
     * @return empty lists with {@link Changes#isComplete} false if there were more, or the log does not go back so far
     * @throws io.llmschema.model.RegistryException.StorageUnavailable the store does not answer
     */
    Changes recent(Duration age, int limit);

    /** Is told of changes. It does not throw. */
    @FunctionalInterface
    interface CommitListener {
        /**
         * @param changes those of the transaction; and those that others made to the same subjects before it, as far as they have not been
         *     {@linkplain #heard heard of}
         * @param position behind the changes of the transaction
         */
        void committed(List<SubjectChange> changes, ChangePosition position);

        /**
         * The position before which it has heard of every change, whoever made it. Without this it is told of its own side's changes
         * only.
         */
        default ChangePosition heard() {
            return ChangePosition.END;
        }
    }
}
