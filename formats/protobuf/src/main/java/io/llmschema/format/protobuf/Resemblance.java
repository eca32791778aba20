package io.llmschema.format.protobuf;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant by another one. */
final class Resemblance {
    /** The most names that are looked at, and the longest: a suggestion is worth little, and takes time for each error. */
    private static final int MAX_NAMES = 500;

    private static final int MAX_LENGTH = 64;

    private Resemblance() {}

    /** The one that differs in the fewest letters, if those are one or at most a third; case and underscores do not count. */
    static Optional<String> nearest(String name, Collection<String> names) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String wanted = plain(name);
        String nearest = null;
        int fewest = Math.max(1, wanted.length() / 3) + 1;
        for (String candidate : names.stream().limit(MAX_NAMES).toList()) {
            if (candidate.length() <= MAX_LENGTH) {
                int distance = distance(wanted, plain(candidate), fewest);
                if (distance < fewest) {
                    fewest = distance;
                    nearest = candidate;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A question to end a sentence with; nothing if there is no such name. */
    static String question(String name, Collection<String> names) {
        return nearest(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be put in, taken out, replaced or swapped; {@code enough} if it is at least that by length alone. */
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, rows);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] rows) {
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean isSwapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwapped ? Math.min(cheapest, rows[i - 2][j - 2] + 1) : cheapest;
    }
}
