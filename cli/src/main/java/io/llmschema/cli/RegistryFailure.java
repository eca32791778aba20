package io.llmschema.cli;

/** A request that did not bring what was asked for. */
abstract sealed class RegistryFailure extends RuntimeException {
    private RegistryFailure(String message) {
        super(message);
    }

    /** The registry understood and said no; nothing has changed. */
    static final class Refused extends RegistryFailure {
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** No registry answered, or none that could serve, for as long as we were willing to wait. */
    static final class Unreachable extends RegistryFailure {
        Unreachable(String message) {
            super(message);
        }
    }

    /** Something answered, but with a fault of its own or not in the registry's language. */
    static final class Faulty extends RegistryFailure {
        private final String code;

        Faulty(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
