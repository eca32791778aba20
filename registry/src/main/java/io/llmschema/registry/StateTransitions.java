package io.llmschema.registry;

import io.llmschema.model.RegistryException.IllegalTransition;
import io.llmschema.model.SchemaState;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The rule for a change of state, over the table in {@link SchemaState.Stage#next()}. */
final class StateTransitions {
    private StateTransitions() {}

    /**
     * The rule that leads to a state from wherever it may be reached; a state that is there already stays.
     *
     * @param now since when it is in that state, if it was not before
     */
    static UnaryOperator<SchemaState> to(SchemaState wished, Instant now) {
        return present -> {
            SchemaState wanted = dated(wished, present, now);
            if (!present.equals(wanted) && !present.stage().next().contains(wanted.stage())) {
                throw new IllegalTransition(present.stage(), wanted.stage());
            }
            return wanted;
        };
    }

    /** Who changes what is said of a deprecation does not deprecate anew. */
    private static SchemaState dated(SchemaState wanted, SchemaState present, Instant now) {
        if (!(wanted instanceof SchemaState.Deprecated deprecated) || deprecated.since() != null) {
            return wanted;
        }
        Instant before = present instanceof SchemaState.Deprecated it ? it.since() : null;
        return deprecated.since(before == null ? now : before);
    }
}
