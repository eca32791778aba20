package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * A cache is filled while a change outdates what it is filled with.
 *
 * <p>Lincheck runs a few short scenarios in very many of the orders in which their steps can happen, the same ones each time. It runs
 * {@link Copies} itself; only the map of Caffeine, whose inside has too many steps, is replaced by one of the JDK for that. Caffeine
 * has its turn in a stress test. What is known to be wrong is tried too, or a test that finds nothing would say nothing.
 */
class FillRaceTest {
    /** The wrong ones are all found with that; more takes long on a busy machine, where each switch between threads waits its turn. */
    private static final int ORDERS_OF_A_SCENARIO = 100;

    private static final int RUNS_OF_A_SCENARIO = 500;

    /** What every reader may rely on: it is shown all changes that were over when it began. */
    public static final class Promise {
        @Operation
        public void change() {}

        @Operation
        public boolean read() {
            return true;
        }
    }

    @Test
    void committedThenApplied_isNeverReadTooOld() {
        everyOrder().check(FillRaces.Ours.class);
    }

    @Test
    void committedThenForgotten_isNeverReadTooOld() {
        everyOrder().check(FillRaces.OursForgetting.class);
    }

    @Test
    void committedThenApplied_overCaffeine_isNeverReadTooOld() {
        scenarios(new StressOptions().invocationsPerIteration(RUNS_OF_A_SCENARIO))
                .check(FillRaces.OursOverCaffeine.class);
    }

    @Test
    void forgottenThenCommitted_isFoundWrong() {
        assertFoundWrong(FillRaces.ForgottenThenCommitted.class);
    }

    @Test
    void committedThenRemoved_notComparedWhenRead_isFoundWrong() {
        assertFoundWrong(FillRaces.Removing.class);
    }

    @Test
    void comparedWhenFilledOnly_isFoundWrong() {
        assertFoundWrong(FillRaces.ComparingWhenFilled.class);
    }

    @Test
    void loadOfAnotherNotCompared_isFoundWrong() {
        assertFoundWrong(FillRaces.JoiningAnyLoad.class);
    }

    private static void assertFoundWrong(Class<? extends FillRaces> race) {
        assertThatThrownBy(() -> everyOrder().check(race))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("read(): false");
    }

    /** The maps of the JDK, and adders, do what they do in one step. */
    private static ModelCheckingOptions everyOrder() {
        return scenarios(new ModelCheckingOptions()
                .invocationsPerIteration(ORDERS_OF_A_SCENARIO)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.atomic.LongAdder")
                        .allMethods()
                        .treatAsAtomic()));
    }

    private static <O extends Options<O, ?>> O scenarios(O options) {
        Actor read = actor("read");
        Actor change = actor("change");
        List<Actor> nothing = List.of();
        return options.iterations(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Promise.class)
                .addCustomScenario(scenario(nothing, List.of(List.of(read), List.of(change))))
                .addCustomScenario(scenario(List.of(read), List.of(List.of(read, read), List.of(change, read))))
                // One loads, one joins it after the change.
                .addCustomScenario(scenario(nothing, List.of(List.of(read), List.of(change, read))))
                .addCustomScenario(scenario(nothing, List.of(List.of(read), List.of(read), List.of(change, change))));
    }

    /** Some things one after the other, then each list beside the others, and at last a read. */
    private static ExecutionScenario scenario(List<Actor> first, List<List<Actor>> atOnce) {
        return new ExecutionScenario(first, atOnce, List.of(actor("read")), null);
    }

    private static Actor actor(String operation) {
        try {
            return new Actor(FillRaces.class.getMethod(operation), List.of());
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
