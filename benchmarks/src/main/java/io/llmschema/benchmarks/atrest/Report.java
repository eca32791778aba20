package io.llmschema.benchmarks.atrest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was measured, in Markdown: printed at once, and kept to be written to a file. */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private int failures;

    void line(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    void title(String title) {
        line("\n### " + title + "\n");
    }

    /** @param columns with bars between them; all but the first are numbers */
    void table(String columns) {
        line("| " + columns + " |");
        line("|---" + "|--:".repeat((int) columns.chars().filter(c -> c == '|').count()) + "|");
    }

    /** Something that must not be. */
    void failed(String what) {
        failures++;
        line("FAILED: " + what);
    }

    int failures() {
        return failures;
    }

    /** Said while it is measured, and no part of the report. */
    static void progress(String what) {
        System.err.println(what);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text.toString().strip() + "\n");
    }
}
