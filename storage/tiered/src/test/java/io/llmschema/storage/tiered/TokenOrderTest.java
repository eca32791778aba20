package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaKey;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Transactions may end in another order than they began. */
final class TokenOrderTest {
    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();

    @Test
    void tokenOfATransactionThatBeganFirst_isNotMetByACopyThatShowsALaterOne() {
        SchemaKey latest = new SchemaKey.ByVersion(examples.subject("orders"), VersionSelector.LATEST);
        Consistency writer = new Consistency(ChangePosition.START);
        try (PostgresStorage writing = PostgresStorage.open(TestDatabase.config());
                CachingStorage reading = Stacks.caching(notHeardYet(PostgresStorage.open(TestDatabase.config())))) {
            try (StorageTransaction early = writing.beginTransaction()) {
                early.registerSchema(examples.schema("invoices", "{\"const\": 1}"), RegistrationRules.assign("1.0.0"));
                writing.registerSchema(examples.schema("orders", "{\"const\": 2}"), RegistrationRules.assign("1.0.0"));
                // Kept from now on, as of a position behind that of the transaction that began first.
                assertThat(reading.getSchema(latest)).isPresent();
                writer.in(() -> {
                    early.registerSchema(
                            examples.schema("orders", "{\"const\": 3}"), RegistrationRules.assign("2.0.0"));
                    early.commit();
                    return "";
                });
            }

            String shown = new Consistency(writer.shown())
                    .in(() -> reading.getSchema(latest)
                            .orElseThrow()
                            .summary()
                            .version()
                            .toString());

            assertThat(shown).isEqualTo("2.0.0");
        }
    }

    /** The store as a node knows it that has not heard of the last changes; which may be for as long as the staleness bound. */
    private static ObservableStorage notHeardYet(ObservableStorage storage) {
        return (ObservableStorage) Proxy.newProxyInstance(
                TokenOrderTest.class.getClassLoader(),
                new Class<?>[] {ObservableStorage.class},
                (_, method, arguments) -> {
                    try {
                        return method.getName().equals("follow") ? new SilentFeed() : method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private record SilentFeed() implements ChangeFeed {
        @Override
        public Changes next(Duration atMost) {
            LockSupport.parkNanos(atMost.toNanos());
            return new Changes(List.of(), ChangePosition.START, System.nanoTime(), true);
        }

        @Override
        public void close() {}
    }
}
