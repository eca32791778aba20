package io.llmschema.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Aligned columns for people; columns of numbers lean to the right. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<Boolean> isRight;
    private final List<List<String>> rows = new ArrayList<>();

    /** A header that begins with {@code >} makes its column lean to the right. */
    Table(String... header) {
        this.header = List.of(header).stream()
                .map(name -> name.startsWith(">") ? name.substring(1) : name)
                .toList();
        this.isRight =
                List.of(header).stream().map(name -> name.startsWith(">")).toList();
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        out.println(line(header, widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
        return Math.max(widest, length(header.get(column)));
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - length(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(isRight.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
