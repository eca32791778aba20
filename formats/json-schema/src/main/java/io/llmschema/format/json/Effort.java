package io.llmschema.format.json;

import java.util.function.BooleanSupplier;

/** What one judgement may cost, in steps of about a microsecond; used by one thread. */
final class Effort {
    private long left;

    Effort(long steps) {
        this.left = steps;
    }

    /** @throws TooHard there are none left */
    void step() {
        if (--left < 0) {
            throw new TooHard("the comparison takes too many steps");
        }
    }

    /** @throws TooHard there are not so many left */
    void step(int steps) {
        left -= steps;
        if (left < 0) {
            throw new TooHard("the comparison takes too many steps");
        }
    }

    boolean isSpent() {
        return left <= 0;
    }

    /** Begins anew. */
    void renew(long steps) {
        left = steps;
    }

    /** Answers a question that may take no more than some of the steps; false if they do not do. */
    boolean within(long steps, BooleanSupplier question) {
        long before = left;
        left = Math.min(before, steps);
        long given = left;
        try {
            return question.getAsBoolean();
        } catch (TooHard _) {
            return false;
        } finally {
            left = before - (given - Math.max(0, left));
        }
    }
}
