package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** That the histories find what is wrong with a store. */
class StorageHistoriesTest {
    private static final int STEPS = 60;
    private static final int HISTORIES = 20;

    @Test
    void randomHistory_ofOneSeed_isAlwaysTheSame() {
        RandomHistory one = new RandomHistory(7);
        RandomHistory other = new RandomHistory(7);

        assertThat(IntStream.range(0, STEPS).mapToObj(_ -> one.next().toString()))
                .containsExactlyElementsOf(IntStream.range(0, STEPS)
                        .mapToObj(_ -> other.next().toString())
                        .toList());
    }

    @Test
    void randomHistory_meetsEveryKindOfOutcome() {
        Set<String> kinds = new HashSet<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistory history = new RandomHistory(seed);
            StorageBackend storage = new InMemoryStorage(new JsonContainment());
            for (int step = 0; step < STEPS; step++) {
                history.next().applyTo(storage).forEach(outcome -> kinds.add(kind(outcome)));
            }
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "new",
                        "known",
                        "SchemaSummary",
                        "SubjectSummary",
                        "List",
                        "VersionExists",
                        "OrdinalRefused",
                        "GlobalIdTaken",
                        "GlobalIdDiffers",
                        "MissingReference",
                        "SchemaInUse",
                        "NotDeletedYet",
                        "SchemaNotFound",
                        "SubjectNotFound",
                        "InvalidValue");
    }

    private static String kind(Object outcome) {
        return switch (outcome) {
            case Registration(var _, boolean isNew) -> isNew ? "new" : "known";
            case HistoryStep.Refusal(var type, var _) -> type.getSimpleName();
            case List<?> _ -> "List";
            default -> outcome.getClass().getSimpleName();
        };
    }

    @Test
    void compare_storeThatForgetsOrdinals_isCaught() {
        assertCaught(() -> new ForwardingStorage() {
            @Override
            public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
                Registration registration = super.registerSchema(candidate, rule);
                return new Registration(withOrdinal(registration.schema(), 1), registration.isNew());
            }
        });
    }

    @Test
    void compare_storeWhoseLatestIsTheNewest_isCaught() {
        assertCaught(() -> new ForwardingStorage() {
            @Override
            public Optional<Schema> getSchema(SchemaKey key) {
                return key instanceof SchemaKey.ByVersion(var subject, VersionSelector.Latest _)
                        ? super.listSchemas(
                                        SchemaFilter.all(subject.tenant()).withSubject(subject),
                                        SchemaOrder.NEWEST_FIRST,
                                        PageRequest.first(1))
                                .items()
                                .stream()
                                .findFirst()
                                .flatMap(newest -> super.getSchema(new SchemaKey.ById(newest.id())))
                        : super.getSchema(key);
            }
        });
    }

    @Test
    void compare_storeThatListsDeletedVersions_isCaught() {
        assertCaught(() -> new ForwardingStorage() {
            @Override
            public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
                return super.listSchemas(filter.withDeletion(Deletion.ANY), order, page);
            }
        });
    }

    @Test
    void compare_storeThatPurgesNothing_isCaught() {
        assertCaught(() -> new ForwardingStorage() {
            @Override
            public SchemaSummary purgeSchema(SchemaId id) {
                try (StorageTransaction givenUp = super.beginTransaction()) {
                    return givenUp.purgeSchema(id);
                }
            }
        });
    }

    @Test
    void compare_storeThatCommitsWhatWasGivenUp_isCaught() {
        assertCaught(() -> new ForwardingStorage() {
            @Override
            public StorageTransaction beginTransaction() {
                StorageTransaction sound = super.beginTransaction();
                return (StorageTransaction) Proxy.newProxyInstance(
                        StorageTransaction.class.getClassLoader(),
                        new Class<?>[] {StorageTransaction.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                sound.commit();
                            }
                            try {
                                return method.invoke(sound, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getTargetException();
                            }
                        });
            }
        });
    }

    private static SchemaSummary withOrdinal(SchemaSummary schema, int ordinal) {
        return new SchemaSummary(
                schema.id(),
                schema.globalId(),
                schema.subject(),
                ordinal,
                schema.version(),
                schema.type(),
                schema.state(),
                schema.fingerprints(),
                schema.contentSize(),
                schema.references(),
                schema.metadata(),
                schema.createdAt(),
                schema.createdBy(),
                schema.deletedAt(),
                schema.revision());
    }

    private static void assertCaught(Supplier<StorageBackend> broken) {
        long seed = new Random().nextLong(Integer.MAX_VALUE);
        assertThatThrownBy(() -> LongStream.range(seed, seed + HISTORIES)
                        .forEach(each -> StorageHistories.compare(
                                new InMemoryStorage(new JsonContainment()), broken.get(), each, STEPS)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("replay with -Dseed=")
                .hasMessageContaining("register");
    }
}
