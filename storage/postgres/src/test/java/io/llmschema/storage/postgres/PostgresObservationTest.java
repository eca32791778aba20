package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.ChangeLog.CommitListener;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.ObservableStorageContract;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresObservationTest extends ObservableStorageContract {
    @Override
    protected ObservableStorage createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }

    /** A node that has heard so far of what others do. */
    private static final class Node implements CommitListener, AutoCloseable {
        private final SchemaExamples examples;
        private final List<SubjectChange> told = new ArrayList<>();
        private final PostgresStorage storage = PostgresStorage.open(TestDatabase.config());
        private ChangePosition heard = ChangePosition.START;
        private ChangePosition committed = ChangePosition.START;

        Node(SchemaExamples examples) {
            this.examples = examples;
            storage.onCommit(this);
        }

        @Override
        public void committed(List<SubjectChange> changes, ChangePosition position) {
            told.addAll(changes);
            committed = position;
        }

        @Override
        public ChangePosition heard() {
            return heard;
        }

        SchemaSummary register(String version) {
            return storage.registerSchema(
                            examples.schema("orders", "{\"const\": \"%s\"}".formatted(version)),
                            RegistrationRules.assign(version))
                    .schema();
        }

        void deprecate(SchemaSummary schema) {
            storage.updateSchemaState(schema.id(), _ -> new SchemaState.Deprecated("old", null, null));
        }

        /** The revisions it has been told since it was asked last. */
        List<Long> told() {
            List<Long> revisions =
                    told.stream().map(SubjectChange::revision).sorted().toList();
            told.clear();
            return revisions;
        }

        @Override
        public void close() {
            storage.close();
        }
    }

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();

    @Test
    void onCommit_whatOthersDidToTheSubject_isToldToo_once() {
        try (Node here = new Node(examples);
                Node there = new Node(examples)) {
            SchemaSummary one = here.register("1.0.0");
            assertThat(here.told()).containsExactly(1L);
            there.deprecate(one);
            assertThat(there.told()).containsExactly(1L, 2L);
            there.register("2.0.0");
            assertThat(there.told()).containsExactly(3L);

            here.register("3.0.0");
            assertThat(here.told()).containsExactly(2L, 3L, 4L);
            here.register("4.0.0");
            assertThat(here.told()).containsExactly(5L);
        }
    }

    @Test
    void onCommit_whatWasHeardOf_isNotTold() {
        try (Node here = new Node(examples);
                Node there = new Node(examples)) {
            SchemaSummary one = here.register("1.0.0");
            there.deprecate(one);
            there.told();
            here.heard = there.committed;
            there.register("2.0.0");
            here.told();

            here.register("3.0.0");
            assertThat(here.told()).containsExactly(3L, 4L);
        }
    }

    @Test
    void onCommit_registrationOfWhatAnotherHasMade_tellsThatItIsThere() {
        try (Node here = new Node(examples);
                Node there = new Node(examples)) {
            SchemaSummary made = there.register("1.0.0");

            assertThat(here.register("1.0.0")).isEqualTo(made);
            assertThat(here.told()).containsExactly(1L);
            assertThat(here.register("1.0.0")).isEqualTo(made);
            assertThat(here.told()).isEmpty();
        }
    }

    @Test
    void onCommit_transaction_tellsWhatOthersDidToItsSubjects() {
        try (Node here = new Node(examples);
                Node there = new Node(examples)) {
            there.register("1.0.0");
            there.register("2.0.0");

            try (StorageTransaction transaction = here.storage.beginTransaction()) {
                transaction.lockSubjects(List.of(examples.subject("orders")));
                transaction.registerSchema(
                        examples.schema("orders", "{\"const\": \"1.0.0\"}"), RegistrationRules.assign("1.0.0"));
                transaction.registerSchema(examples.schema("orders", "3"), RegistrationRules.assign("3.0.0"));
                transaction.commit();
            }
            assertThat(here.told()).containsExactly(1L, 2L, 3L);
        }
    }
}
