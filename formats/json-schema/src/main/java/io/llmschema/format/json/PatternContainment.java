package io.llmschema.format.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a regular expression is found in every text in which another one is: both automata run side by side over all texts. */
sealed interface PatternContainment {
    /** The most pairs of sets of states that are looked at. */
    int MAX_PAIRS = 4_000;

    /** It is. */
    record Contained() implements PatternContainment {}

    /** It is not: a shortest text that shows it. */
    record Refuted(String text) implements PatternContainment {}

    /** It was too hard to say. */
    record Unknown() implements PatternContainment {}

    /** How the two automata stand after a text. */
    record Pair(BitSet inner, BitSet outer) {}

    /** A pair and the way to it. */
    record Reached(Pair pair, String text) {}

    /** Whether {@code outer} is found wherever {@code inner} is. */
    static PatternContainment of(NamePattern inner, NamePattern outer, Effort effort) {
        try {
            return search(PatternAutomaton.of(inner), PatternAutomaton.of(outer), effort);
        } catch (TooHard e) {
            if (effort.isSpent()) {
                throw e;
            }
            return new Unknown();
        }
    }

    private static PatternContainment search(PatternAutomaton inner, PatternAutomaton outer, Effort effort) {
        List<Integer> characters = characters(inner, outer);
        Deque<Reached> pending = new ArrayDeque<>();
        Set<Pair> seen = new HashSet<>();
        Pair first = new Pair(inner.begin(), outer.begin());
        seen.add(first);
        pending.add(new Reached(first, ""));
        while (!pending.isEmpty()) {
            Reached reached = pending.remove();
            Pair pair = reached.pair();
            boolean isEmpty = reached.text().isEmpty();
            if (inner.accepts(pair.inner(), isEmpty) && !outer.accepts(pair.outer(), isEmpty)) {
                return new Refuted(reached.text());
            }
            for (int character : characters) {
                effort.step(1 + (pair.inner().cardinality() + pair.outer().cardinality()) / 4);
                Pair next = new Pair(inner.after(pair.inner(), character), outer.after(pair.outer(), character));
                if (!next.inner().isEmpty() && !outer.isSure(next.outer()) && seen.add(next)) {
                    pending.add(new Reached(next, reached.text() + Character.toString(character)));
                }
            }
            if (seen.size() > MAX_PAIRS) {
                return new Unknown();
            }
        }
        return new Contained();
    }

    /** One character of each group that neither automaton tells apart. */
    private static List<Integer> characters(PatternAutomaton inner, PatternAutomaton outer) {
        BitSet bounds = new BitSet();
        inner.addBounds(bounds);
        outer.addBounds(bounds);
        // Halves of characters stand in no text.
        bounds.set(Character.MIN_SURROGATE);
        bounds.set(Character.MAX_SURROGATE + 1);
        bounds.set(' ');
        List<Integer> characters = new ArrayList<>();
        for (int low = bounds.nextSetBit(0); low >= 0 && low <= Character.MAX_CODE_POINT; ) {
            int next = bounds.nextSetBit(low + 1);
            if (low < Character.MIN_SURROGATE || low > Character.MAX_SURROGATE) {
                characters.add(low);
            }
            low = next;
        }
        return characters;
    }
}
