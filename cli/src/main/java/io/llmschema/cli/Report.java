package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import java.util.List;

/**
 * What a command says of all the files that it examined, in their order.
 *
 * @param command its name
 */
record Report(String command, List<Examined> examined) {
    Report {
        examined = List.copyOf(examined);
    }

    long count(Outcome outcome) {
        return examined.stream().filter(one -> one.outcome() == outcome).count();
    }

    boolean isPassed() {
        return count(Outcome.PASSED) == examined.size();
    }

    ExitCode exit() {
        return isPassed() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
