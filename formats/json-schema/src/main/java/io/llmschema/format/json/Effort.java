package io.llmschema.format.json;

import java.util.function.BooleanSupplier;

/** What one question may cost, in steps; used by one thread. */
final class Effort {
    private final String question;
    private long left;

    /** For a judgement, whose steps take about a microsecond. */
    Effort(long steps) {
        this(steps, "the comparison");
    }

    /** @param question what takes the steps, as the subject of a sentence */
    Effort(long steps, String question) {
        this.left = steps;
        this.question = question;
    }

    /** @throws TooHard there are none left */
    void step() {
        step(1);
    }

    /** @throws TooHard there are not so many left */
    void step(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooHard(question + " takes too many steps");
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
