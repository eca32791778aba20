package io.llmschema.testkit;

import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.GlobalIdDiffers;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A step of a {@link RandomHistory}: one change, or several in a transaction. Can be done to many stores. */
sealed interface HistoryStep {
    /** What came of each change; no more after one that was refused. */
    List<Object> applyTo(StorageBackend storage);

    /** Whether a store remembers anything of a step with these outcomes. */
    boolean isKept(List<Object> outcomes);

    /** One change. */
    record Change(String description, Function<SchemaStore, Object> function) implements HistoryStep {
        @Override
        public List<Object> applyTo(StorageBackend storage) {
            return List.of(outcome(storage));
        }

        Object outcome(SchemaStore store) {
            try {
                return function.apply(store);
            } catch (RegistryException refusal) {
                return new Refusal(refusal);
            }
        }

        @Override
        public boolean isKept(List<Object> outcomes) {
            return true;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** Changes made together, or tried and given up. */
    record Transaction(List<Change> changes, boolean isCommitted) implements HistoryStep {
        @Override
        public List<Object> applyTo(StorageBackend storage) {
            List<Object> outcomes = new ArrayList<>();
            try (StorageTransaction transaction = storage.beginTransaction()) {
                for (Change change : changes) {
                    Object outcome = change.outcome(transaction);
                    outcomes.add(outcome);
                    if (outcome instanceof Refusal) {
                        return outcomes;
                    }
                }
                if (isCommitted) {
                    transaction.commit();
                }
            }
            return outcomes;
        }

        @Override
        public boolean isKept(List<Object> outcomes) {
            return isCommitted && outcomes.stream().noneMatch(Refusal.class::isInstance);
        }

        @Override
        public String toString() {
            return changes + (isCommitted ? ", committed" : ", given up");
        }
    }

    /**
     * How a change was refused. Which of several users a {@link SchemaInUse} names is left to the store, as are the ids that it gives by itself, which
     * a {@link GlobalIdDiffers} names.
     */
    record Refusal(Class<? extends RegistryException> type, String message) {
        Refusal(RegistryException refusal) {
            this(
                    refusal.getClass(),
                    refusal instanceof SchemaInUse || refusal instanceof GlobalIdDiffers
                            ? ""
                            : String.valueOf(refusal.getMessage()));
        }
    }
}
