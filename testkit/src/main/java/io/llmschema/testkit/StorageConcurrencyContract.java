package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static io.llmschema.testkit.RegistrationRules.underLock;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.StorageTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That many threads at once do no more harm than one after the other. */
@Timeout(120)
abstract class StorageConcurrencyContract extends StorageContract {
    private static final int THREADS = 16;
    private static final int REGISTRATIONS = 25;
    private static final int ROUNDS = 30;

    @Test
    void registerSchema_manyContentsAtOnce_areNumberedWithoutGaps() throws Exception {
        registerManyAtOnce(nextMinor());
    }

    @Test
    void registerSchema_manyContentsAtOnceByARuleThatNeedsTheLock_areNumberedWithoutGaps() throws Exception {
        registerManyAtOnce(underLock(nextMinor()));
    }

    private void registerManyAtOnce(RegistrationRule rule) throws Exception {
        List<List<SchemaSummary>> made = together(IntStream.range(0, THREADS)
                .mapToObj(thread -> (Callable<List<SchemaSummary>>) () -> IntStream.range(0, REGISTRATIONS)
                        .mapToObj(i -> examples.schema("orders", "[%d, %d]".formatted(thread, i)))
                        .map(candidate ->
                                storage.registerSchema(candidate, rule).schema())
                        .toList())
                .toList());

        SchemaFilter filter = SchemaFilter.all(tenant);
        List<SchemaSummary> listed = Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page));
        int total = THREADS * REGISTRATIONS;
        assertThat(listed)
                .extracting(SchemaSummary::ordinal)
                .isEqualTo(IntStream.rangeClosed(1, total).boxed().toList());
        assertThat(listed)
                .extracting(schema -> schema.version().toString())
                .isEqualTo(
                        IntStream.range(0, total).mapToObj(i -> "1." + i + ".0").toList());
        assertThat(listed).extracting(SchemaSummary::globalId).doesNotHaveDuplicates();
        assertThat(made.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(storage.getSubject(subject("orders")).orElseThrow().versionCount())
                .isEqualTo(total);
    }

    @Test
    void registerSchema_sameContentAtOnce_makesOneVersion() throws Exception {
        List<NewSchema> candidates = Stream.generate(() -> examples.schema("orders", "{}"))
                .limit(THREADS)
                .toList();

        List<Registration> registrations = together(candidates.stream()
                .map(candidate -> (Callable<Registration>) () -> storage.registerSchema(candidate, nextMinor()))
                .toList());

        assertThat(registrations).filteredOn(Registration::isNew).hasSize(1);
        assertThat(registrations)
                .extracting(Registration::schema)
                .containsOnly(find("orders", "latest").orElseThrow());
        assertThat(storage.getSubject(subject("orders")).orElseThrow().versionCount())
                .isEqualTo(1);
    }

    @Test
    void registerSchema_sameContentIntoManySubjectsAtOnce_sharesOneGlobalId() throws Exception {
        List<Registration> registrations = together(IntStream.range(0, THREADS)
                .mapToObj(thread -> (Callable<Registration>)
                        () -> storage.registerSchema(examples.schema("s" + thread, "{}"), nextMinor()))
                .toList());

        assertThat(registrations).allMatch(Registration::isNew);
        assertThat(registrations.stream()
                        .map(registration -> registration.schema().globalId())
                        .distinct())
                .hasSize(1);
        assertThat(storage.statistics(tenant).contents()).isEqualTo(1);
    }

    @Test
    void registerSchema_whileItsReferenceIsDeleted_eitherWinsButNeverBoth() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String version = "1." + round + ".0";
            SchemaSummary address = register("address", version);
            NewSchema user = examples.in("orders")
                    .text("[" + round + "]")
                    .references(examples.reference("address", version))
                    .build();

            List<Optional<RegistryException>> refusals = together(List.of(
                    () -> refusal(() -> storage.registerSchema(user, assign(version))),
                    () -> refusal(() -> storage.deleteSchema(address.id(), examples.now()))));

            boolean isRegistered = refusals.get(0).isEmpty();
            boolean isDeleted = refusals.get(1).isEmpty();
            assertThat(isRegistered).as("registered in round " + round).isNotEqualTo(isDeleted);
            refusals.get(0).ifPresent(refusal -> assertThat(refusal).isInstanceOf(MissingReference.class));
            refusals.get(1).ifPresent(refusal -> assertThat(refusal).isInstanceOf(SchemaInUse.class));
            assertThat(now(address).isDeleted()).isEqualTo(isDeleted);
            assertThat(find("orders", version).isPresent()).isEqualTo(isRegistered);
        }
    }

    @Test
    void deleteSubject_whileAVersionIsRegistered_leavesItLiveOrDeletedAsAWhole() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "orders" + round;
            register(name, "1.0.0");

            together(List.of(
                    () -> storage.registerSchema(examples.schema(name, "true"), nextMinor())
                            .schema()
                            .ordinal(),
                    () -> storage.deleteSubject(subject(name), examples.now()).size()));

            var subject = storage.getSubject(subject(name)).orElseThrow();
            SchemaFilter filter = SchemaFilter.all(tenant).withSubject(subject(name));
            List<SchemaSummary> live = Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page));
            assertThat(live).hasSize(subject.versionCount());
            assertThat(subject.isDeleted()).isEqualTo(live.isEmpty());
            assertThat(live).allSatisfy(schema -> assertThat(schema.ordinal()).isEqualTo(2));
        }
    }

    @Test
    void purgeSchema_whileItsContentIsRegisteredElsewhere_leavesThatWhole() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String text = "[" + round + "]";
            SchemaSummary old = register(examples.schema("old" + round, text), "1.0.0");
            delete(old);
            NewSchema candidate = examples.schema("new" + round, text);

            List<SchemaSummary> made = together(List.of(
                    () -> storage.purgeSchema(old.id()),
                    () -> storage.registerSchema(candidate, assign("1.0.0")).schema()));

            SchemaSummary registered = made.getLast();
            assertThat(find(new SchemaKey.ById(old.id()))).isEmpty();
            assertFound(find(new SchemaKey.ByGlobalId(registered.globalId())), registered);
            assertThat(storage.getSchema(new SchemaKey.ById(registered.id())))
                    .map(schema -> schema.content().text())
                    .contains(text);
            assertThat(find(new SchemaKey.ByGlobalId(old.globalId())))
                    .isEqualTo(
                            registered.globalId().equals(old.globalId()) ? Optional.of(registered) : Optional.empty());
        }
        assertThat(storage.statistics(tenant).contents()).isEqualTo(ROUNDS);
    }

    @Test
    void purgeSchema_allVersionsWithAContentAtOnce_leaveNothing() throws Exception {
        List<SchemaSummary> versions = IntStream.range(0, THREADS)
                .mapToObj(i -> register(examples.schema("s" + i, "{}"), "1.0.0"))
                .toList();
        versions.forEach(this::delete);

        together(versions.stream()
                .map(schema -> (Callable<SchemaSummary>) () -> storage.purgeSchema(schema.id()))
                .toList());

        assertThat(find(new SchemaKey.ByGlobalId(versions.getFirst().globalId())))
                .isEmpty();
        assertThat(storage.statistics(tenant).contents()).isZero();
        assertThat(storage.statistics(tenant).deletedVersions()).isZero();
    }

    @Test
    void purgeSchema_sameVersionAtOnce_isDoneOnce() throws Exception {
        SchemaSummary schema = register("orders", "1.0.0");
        delete(schema);

        List<Optional<RegistryException>> refusals = together(Stream.generate(() ->
                        (Callable<Optional<RegistryException>>) () -> refusal(() -> storage.purgeSchema(schema.id())))
                .limit(THREADS)
                .toList());

        assertThat(refusals).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(refusals)
                .flatMap(refusal -> refusal.stream().toList())
                .hasSize(THREADS - 1)
                .allMatch(SchemaNotFound.class::isInstance);
    }

    @Test
    void updateSchemaState_rulesAtOnce_loseNoChange() throws Exception {
        SchemaSummary schema =
                register(examples.in("orders").state(new SchemaState.Deprecated("0", null, null)), "1.0.0");

        together(Stream.generate(() -> (Callable<SchemaSummary>)
                        () -> storage.updateSchemaState(schema.id(), StorageConcurrencyContract::countUp))
                .limit(THREADS)
                .toList());

        assertThat(now(schema).state()).isEqualTo(new SchemaState.Deprecated("" + THREADS, null, null));
        assertThat(now(schema).revision()).isEqualTo(schema.revision() + THREADS);
    }

    private static SchemaState countUp(SchemaState state) {
        return state instanceof SchemaState.Deprecated(String reason, var sunset, var replacement, var since)
                ? new SchemaState.Deprecated("" + (Integer.parseInt(reason) + 1), sunset, replacement, since)
                : state;
    }

    @Test
    void transactions_atOnce_followOneAnother() throws Exception {
        together(IntStream.range(0, THREADS)
                .mapToObj(thread -> (Callable<Boolean>) () -> {
                    try (StorageTransaction transaction = storage.beginTransaction()) {
                        // All lock the subjects in the same order, so that none waits for one that waits for it.
                        transaction.registerSchema(examples.schema("a", "[%d]".formatted(thread)), nextMinor());
                        transaction.registerSchema(examples.schema("b", "[%d]".formatted(thread)), nextMinor());
                        if (thread % 2 == 0) {
                            transaction.commit();
                        }
                    }
                    return true;
                })
                .toList());

        for (String name : List.of("a", "b")) {
            SchemaFilter filter = SchemaFilter.all(tenant).withSubject(subject(name));
            assertThat(Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page)))
                    .extracting(SchemaSummary::ordinal)
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    private static Optional<RegistryException> refusal(Supplier<?> change) {
        try {
            var _ = change.get();
            return Optional.empty();
        } catch (RegistryException refusal) {
            return Optional.of(refusal);
        }
    }

    /** Runs all tasks, each in a thread of its own, as nearly at once as can be. */
    private static <T> List<T> together(List<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
