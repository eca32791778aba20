package io.llmschema.format.protobuf;

import java.util.ArrayList;
import java.util.List;

/**
 * The comments between two tokens, of which the last may document what follows.
 *
 * <p>It does if it ends on the line above (or on the same line), and did not begin on the line of the token before, where it says
 * something about that one. Consecutive {@code //} lines are one comment; a blank line ends it.
 */
final class Comments {
    private final int lineOfTokenBefore;
    private List<String> lines = List.of();
    private int lastLine = -1;
    private boolean isOpen;

    /** @param lineOfTokenBefore where the token before ends; 0 if there is none */
    Comments(int lineOfTokenBefore) {
        this.lineOfTokenBefore = lineOfTokenBefore;
    }

    /** A comment to the end of the line, without its slashes. */
    void addLine(int line, String text) {
        if (line == lineOfTokenBefore) {
            return;
        }
        if (!isOpen || lastLine != line - 1) {
            lines = new ArrayList<>();
            isOpen = true;
        }
        lines.add(text);
        lastLine = line;
    }

    /** A comment between slashes and stars, without them. */
    void addBlock(int firstLine, int lastLine, String text) {
        if (firstLine == lineOfTokenBefore) {
            return;
        }
        lines = new ArrayList<>();
        String[] written = text.split("\n", -1);
        for (int i = 0; i < written.length; i++) {
            lines.add(i == 0 ? withoutStar(written[i]) : withoutStar(written[i].stripLeading()));
        }
        isOpen = false;
        this.lastLine = lastLine;
    }

    /** The documentation of a token on that line, made uniform; empty if there is none. */
    List<String> documenting(int line) {
        if (lines.isEmpty() || lastLine < line - 1) {
            return List.of();
        }
        List<String> uniform = new ArrayList<>(lines.size());
        for (String written : lines) {
            String text = written.startsWith(" ") ? written.substring(1) : written;
            uniform.add(text.stripTrailing());
        }
        int from = 0;
        int to = uniform.size();
        while (from < to && uniform.get(from).isEmpty()) {
            from++;
        }
        while (to > from && uniform.get(to - 1).isEmpty()) {
            to--;
        }
        return List.copyOf(uniform.subList(from, to));
    }

    private static String withoutStar(String line) {
        return line.startsWith("*") ? line.substring(1) : line;
    }
}
