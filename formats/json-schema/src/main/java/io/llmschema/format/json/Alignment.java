package io.llmschema.format.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which elements of two sequences belong together: equal ones in the same order, and between them those at the same place. */
final class Alignment {
    /** The most pairs of elements that are compared; of longer sequences only the ends are matched by what they are. */
    private static final long MAX_PAIRS = 250_000;

    /**
     * Elements that belong together, or one that has no other.
     *
     * @param before its index, or where it would be
     * @param after its index, or where it would be
     */
    record Pair(int before, int after, boolean isInBefore, boolean isInAfter) {}

    private Alignment() {}

    /** @param before numbers that are equal for equal elements */
    static List<Pair> of(int[] before, int[] after) {
        int start = 0;
        while (start < before.length && start < after.length && before[start] == after[start]) {
            start++;
        }
        int endBefore = before.length;
        int endAfter = after.length;
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1]) {
            endBefore--;
            endAfter--;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            pairs.add(new Pair(i, i, true, true));
        }
        middle(before, after, start, endBefore, endAfter, pairs);
        for (int i = 0; endBefore + i < before.length; i++) {
            pairs.add(new Pair(endBefore + i, endAfter + i, true, true));
        }
        return pairs;
    }

    private static void middle(int[] before, int[] after, int start, int endBefore, int endAfter, List<Pair> pairs) {
        int rows = endBefore - start;
        int columns = endAfter - start;
        if ((long) rows * columns > MAX_PAIRS) {
            gap(start, endBefore, start, endAfter, pairs);
            return;
        }
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = before[start + i] == after[start + j]
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        int gapBefore = 0;
        int gapAfter = 0;
        while (i < rows && j < columns) {
            if (before[start + i] == after[start + j]) {
                gap(start + gapBefore, start + i, start + gapAfter, start + j, pairs);
                pairs.add(new Pair(start + i, start + j, true, true));
                gapBefore = ++i;
                gapAfter = ++j;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        gap(start + gapBefore, endBefore, start + gapAfter, endAfter, pairs);
    }

    /** Elements without an equal one: those at the same place were changed, what is left over is new or gone. */
    private static void gap(int fromBefore, int toBefore, int fromAfter, int toAfter, List<Pair> pairs) {
        int i = fromBefore;
        int j = fromAfter;
        while (i < toBefore || j < toAfter) {
            boolean isInBefore = i < toBefore;
            boolean isInAfter = j < toAfter;
            pairs.add(new Pair(i, j, isInBefore, isInAfter));
            i += isInBefore ? 1 : 0;
            j += isInAfter ? 1 : 0;
        }
    }

    /** Equal elements wherever they are; each once. What is left has no other. */
    static List<Pair> ofSets(int[] before, int[] after) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int j = after.length - 1; j >= 0; j--) {
            places.computeIfAbsent(after[j], _ -> new ArrayList<>()).add(j);
        }
        List<Pair> pairs = new ArrayList<>();
        boolean[] isTaken = new boolean[after.length];
        for (int i = 0; i < before.length; i++) {
            List<Integer> equal = places.getOrDefault(before[i], List.of());
            if (equal.isEmpty()) {
                pairs.add(new Pair(i, Math.min(i, after.length), true, false));
            } else {
                int j = equal.removeLast();
                isTaken[j] = true;
                pairs.add(new Pair(i, j, true, true));
            }
        }
        for (int j = 0; j < after.length; j++) {
            if (!isTaken[j]) {
                pairs.add(new Pair(Math.min(j, before.length), j, false, true));
            }
        }
        return pairs;
    }
}
