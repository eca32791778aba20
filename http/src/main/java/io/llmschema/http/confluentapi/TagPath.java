package io.llmschema.http.confluentapi;

/**
 * A path under which metadata have tags: that of one part, or a pattern for several. {@code *} stands for any characters but dots, {@code **} for any
 * characters, {@code ?} for one that is no dot.
 */
record TagPath(String text) {
    private static final String WILDCARDS = "*?";

    boolean isPattern() {
        return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /** Whether it names a part, or may stand for it. Tried in time proportional to the product of both lengths. */
    boolean matches(String path) {
        return isPattern() ? matchesPattern(path) : text.equals(path);
    }

    private boolean matchesPattern(String path) {
        boolean[] reached = new boolean[path.length() + 1];
        reached[0] = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '*') {
                advance(reached, path, c);
            } else {
                boolean isDeep = i + 1 < text.length() && text.charAt(i + 1) == '*';
                spread(reached, path, isDeep);
                i += isDeep ? 1 : 0;
            }
        }
        return reached[path.length()];
    }

    private static void advance(boolean[] reached, String path, char wanted) {
        for (int at = path.length(); at > 0; at--) {
            char c = path.charAt(at - 1);
            reached[at] = reached[at - 1] && (wanted == '?' ? c != '.' : c == wanted);
        }
        reached[0] = false;
    }

    private static void spread(boolean[] reached, String path, boolean isDeep) {
        for (int at = 1; at <= path.length(); at++) {
            reached[at] |= reached[at - 1] && (isDeep || path.charAt(at - 1) != '.');
        }
    }
}
