package io.llmschema.registry;

import io.llmschema.model.RegistryException.IllegalTransition;
import io.llmschema.model.SchemaState;
import java.util.function.UnaryOperator;

/** The rule for a change of state, over the table in {@link SchemaState.Stage#next()}. */
final class StateTransitions {
    private StateTransitions() {}

    /** The rule that leads to a state from wherever it may be reached; a state that is there already stays. */
    static UnaryOperator<SchemaState> to(SchemaState wanted) {
        return present -> {
            if (!present.equals(wanted) && !present.stage().next().contains(wanted.stage())) {
                throw new IllegalTransition(present.stage(), wanted.stage());
            }
            return wanted;
        };
    }
}
