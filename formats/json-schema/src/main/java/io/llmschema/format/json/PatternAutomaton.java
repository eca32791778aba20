package io.llmschema.format.json;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A nondeterministic automaton that tells in which texts a regular expression is found, for expressions that are regular in the strict sense.
 *
 * <p>Texts are code points. What it does not read (looking ahead, back references, {@code \b}, properties of Unicode) is {@link TooHard}, so that
 * what it does read is exact. {@code ^} and {@code $} are steps that take no character and can be taken at the start and the end only.
 */
final class PatternAutomaton {
    /** The most states; repetitions with bounds are written out. */
    private static final int MAX_STATES = 3_000;

    private static final int MAX_CODE_POINT = Character.MAX_CODE_POINT;

    /** What it costs to take one state one character further. */
    private static final int STEPS_PER_STATE = 10;

    /** A step that takes a character of a range. */
    record Step(int from, int to, int target) {}

    private final List<List<Step>> steps = new ArrayList<>();
    private final List<List<Integer>> free = new ArrayList<>();
    private final List<List<Integer>> atStart = new ArrayList<>();
    private final List<List<Integer>> atEnd = new ArrayList<>();
    private final int start;
    private final int end;

    private PatternAutomaton(String pattern) {
        this.start = state();
        this.end = state();
        addStep(start, 0, MAX_CODE_POINT, start);
        addStep(end, 0, MAX_CODE_POINT, end);
        new Reading(pattern).whole();
    }

    /** @throws TooHard the expression is not of the kind that is read */
    static PatternAutomaton of(NamePattern pattern) {
        return new PatternAutomaton(pattern.text());
    }

    private int state() {
        if (steps.size() >= MAX_STATES) {
            throw new TooHard("the expression has too many states");
        }
        steps.add(new ArrayList<>());
        free.add(new ArrayList<>());
        atStart.add(new ArrayList<>());
        atEnd.add(new ArrayList<>());
        return steps.size() - 1;
    }

    private void addStep(int source, int from, int to, int target) {
        steps.get(source).add(new Step(from, to, target));
    }

    /**
     * Whether a text has it, in time proportional to the text and to the states.
     *
     * @throws TooHard there are not enough steps left
     */
    boolean isFoundIn(String text, Effort effort) {
        BitSet states = begin();
        for (int at = 0; at < text.length() && !isSure(states); at = text.offsetByCodePoints(at, 1)) {
            effort.step((long) STEPS_PER_STATE * states.cardinality());
            states = after(states, text.codePointAt(at));
        }
        return accepts(states, text.isEmpty());
    }

    /** The states before the first character. */
    BitSet begin() {
        BitSet states = new BitSet();
        close(start, true, false, states);
        return states;
    }

    BitSet after(BitSet before, int character) {
        BitSet states = new BitSet();
        before.stream().forEach(state -> {
            for (Step step : steps.get(state)) {
                if (step.from <= character && character <= step.to) {
                    close(step.target, false, false, states);
                }
            }
        });
        return states;
    }

    /** Whether a text that ends in these states has it. */
    boolean accepts(BitSet states, boolean isEmptyText) {
        if (isSure(states)) {
            return true;
        }
        BitSet last = new BitSet();
        states.stream().forEach(state -> close(state, isEmptyText, true, last));
        return last.get(end);
    }

    /** Whether a text has it however it goes on. */
    boolean isSure(BitSet states) {
        return states.get(end);
    }

    private void close(int state, boolean isAtStart, boolean isAtEnd, BitSet states) {
        List<Integer> pending = new ArrayList<>(List.of(state));
        while (!pending.isEmpty()) {
            int next = pending.removeLast();
            if (!states.get(next)) {
                states.set(next);
                pending.addAll(free.get(next));
                if (isAtStart) {
                    pending.addAll(atStart.get(next));
                }
                if (isAtEnd) {
                    pending.addAll(atEnd.get(next));
                }
            }
        }
    }

    /** Where a character begins that may be told from the one before it. */
    void addBounds(BitSet bounds) {
        for (List<Step> ofState : steps) {
            for (Step step : ofState) {
                bounds.set(step.from);
                bounds.set(step.to + 1);
            }
        }
    }

    /** The expression being read, from left to right: every method gets a state and returns that after it. */
    private final class Reading {
        private final String pattern;
        private int at;

        Reading(String pattern) {
            this.pattern = pattern;
        }

        void whole() {
            int last = alternatives(start);
            if (isMore()) {
                throw new TooHard("a bracket that was not opened");
            }
            free.get(last).add(end);
        }

        private boolean isMore() {
            return at < pattern.length();
        }

        private int next() {
            if (!isMore()) {
                throw new TooHard("the expression ends early");
            }
            int c = pattern.codePointAt(at);
            at += Character.charCount(c);
            return c;
        }

        private boolean take(char expected) {
            if (isMore() && pattern.charAt(at) == expected) {
                at++;
                return true;
            }
            return false;
        }

        private boolean isAt(String characters) {
            return isMore() && characters.indexOf(pattern.charAt(at)) >= 0;
        }

        private int alternatives(int from) {
            int last = state();
            do {
                free.get(sequence(branch(from))).add(last);
            } while (take('|'));
            return last;
        }

        /** A state of its own, so that nothing leads back into what comes before. */
        private int branch(int from) {
            int branch = state();
            free.get(from).add(branch);
            return branch;
        }

        private int sequence(int from) {
            int last = from;
            while (isMore() && !isAt("|)")) {
                last = repeated(last);
            }
            return last;
        }

        private int repeated(int from) {
            int begins = at;
            int first = branch(from);
            int last = atom(first);
            int ends = at;
            int least = 1;
            int most = 1;
            if (take('*')) {
                least = 0;
                most = -1;
            } else if (take('+')) {
                most = -1;
            } else if (take('?')) {
                least = 0;
            } else if (isMore() && pattern.substring(at).matches("(?s)\\{\\d{1,3}(,\\d{0,3})?}.*")) {
                at++;
                least = number();
                most = take(',') ? (isAt("}") ? -1 : number()) : least;
                take('}');
            } else {
                return last;
            }
            take('?');
            if (isAt("*+?")) {
                throw new TooHard("a repetition of a kind that is not read");
            }
            return repeat(begins, ends, first, last, least, most);
        }

        private int number() {
            int number = 0;
            while (isAt("0123456789")) {
                number = 10 * number + (next() - '0');
            }
            return number;
        }

        /** The atom has been read once; it is read again for every time more. */
        private int repeat(int begins, int ends, int first, int last, int least, int most) {
            int exit = state();
            int after = at;
            int from = first;
            int to = last;
            int count = 1;
            while (true) {
                if (count > least) {
                    free.get(from).add(exit);
                }
                if (count >= least && most < 0) {
                    // As often as one likes.
                    free.get(to).add(from);
                    free.get(to).add(exit);
                    break;
                }
                if (most >= 0 && count >= Math.max(most, 1)) {
                    if (most > 0) {
                        free.get(to).add(exit);
                    }
                    break;
                }
                count++;
                from = branch(to);
                at = begins;
                to = atom(from);
                if (at != ends) {
                    throw new TooHard("a repetition that reads differently");
                }
            }
            if (least == 0) {
                free.get(first).add(exit);
            }
            at = after;
            return exit;
        }

        private int atom(int from) {
            int c = next();
            return switch (c) {
                case '^' -> assertion(from, atStart);
                case '$' -> assertion(from, atEnd);
                case '.' -> characters(from, LINE_ENDS, true);
                case '(' -> group(from);
                case '[' -> ofClass(from);
                case '\\' -> escaped(from);
                case '*', '+', '?' -> throw new TooHard("nothing is repeated");
                default -> characters(from, single(c), false);
            };
        }

        private int assertion(int from, List<List<Integer>> edges) {
            int target = state();
            edges.get(from).add(target);
            return target;
        }

        private int group(int from) {
            if (take('?')) {
                if (take('<')) {
                    if (isAt("=!")) {
                        throw new TooHard("it looks back");
                    }
                    while (next() != '>') {}
                } else if (!take(':')) {
                    throw new TooHard("a group of a kind that is not read");
                }
            }
            int last = alternatives(from);
            if (!take(')')) {
                throw new TooHard("a group that does not end");
            }
            return last;
        }

        private int escaped(int from) {
            BitSet set = new BitSet();
            boolean isNegated = addEscaped(set);
            return characters(from, set, isNegated);
        }

        /** Adds what follows a backslash; true if all but that is meant. */
        private boolean addEscaped(BitSet set) {
            int c = next();
            switch (c) {
                case 'd', 'D' -> set.set('0', '9' + 1);
                case 'w', 'W' -> {
                    set.set('0', '9' + 1);
                    set.set('A', 'Z' + 1);
                    set.set('a', 'z' + 1);
                    set.set('_');
                }
                case 'n' -> set.set('\n');
                case 't' -> set.set('\t');
                case 'r' -> set.set('\r');
                case 'f' -> set.set('\f');
                case 'x' -> set.set(hexadecimal(2));
                case 'u' -> set.set(hexadecimal(4));
                default -> {
                    // White space differs between dialects, and the rest is not read.
                    if (c > 0x7f || Character.isLetterOrDigit(c)) {
                        throw new TooHard("an escape that is not read");
                    }
                    set.set(c);
                }
            }
            return c == 'D' || c == 'W';
        }

        private int hexadecimal(int digits) {
            String text = pattern.substring(at, Math.min(pattern.length(), at + digits));
            if (!text.matches("[0-9a-fA-F]{" + digits + "}")) {
                throw new TooHard("an escape that is not read");
            }
            at += digits;
            int c = Integer.parseInt(text, 16);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new TooHard("half of a character");
            }
            return c;
        }

        private int ofClass(int from) {
            boolean isNegated = take('^');
            BitSet set = new BitSet();
            if (isAt("]")) {
                throw new TooHard("a class that dialects read differently");
            }
            while (!take(']')) {
                addToClass(set);
            }
            return characters(from, set, isNegated);
        }

        private void addToClass(BitSet set) {
            BitSet first = new BitSet();
            int c = next();
            boolean isNegated = false;
            if (c == '\\') {
                isNegated = addEscaped(first);
            } else {
                first.set(c);
            }
            if (isNegated) {
                first.flip(0, MAX_CODE_POINT + 1);
            }
            boolean isRange = isAt("-") && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
            if (!isRange) {
                set.or(first);
                return;
            }
            at++;
            BitSet last = new BitSet();
            int to = next();
            if (to == '\\') {
                addEscaped(last);
            } else {
                last.set(to);
            }
            if (first.cardinality() != 1 || last.cardinality() != 1) {
                // As in [\w-.]: the hyphen is itself.
                set.or(first);
                set.or(last);
                set.set('-');
                return;
            }
            int low = first.nextSetBit(0);
            int high = last.nextSetBit(0);
            if (low > high) {
                throw new TooHard("a range that goes backwards");
            }
            set.set(low, high + 1);
        }

        private int characters(int from, BitSet set, boolean isNegated) {
            int target = state();
            BitSet wanted = (BitSet) set.clone();
            if (isNegated) {
                wanted.flip(0, MAX_CODE_POINT + 1);
            }
            for (int low = wanted.nextSetBit(0); low >= 0; ) {
                int high = wanted.nextClearBit(low);
                addStep(from, low, high - 1, target);
                low = wanted.nextSetBit(high);
            }
            return target;
        }
    }

    private static final BitSet LINE_ENDS = lineEnds();

    private static BitSet lineEnds() {
        BitSet set = new BitSet();
        for (int c : new int[] {'\n', '\r', 0x85, 0x2028, 0x2029}) {
            set.set(c);
        }
        return set;
    }

    private static BitSet single(int c) {
        BitSet set = new BitSet();
        set.set(c);
        return set;
    }
}
