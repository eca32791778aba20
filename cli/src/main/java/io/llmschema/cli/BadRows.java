package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.RowOutcome.Different;
import io.llmschema.cli.RowOutcome.Failed;
import io.llmschema.cli.RowOutcome.Rejected;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of an import that did not go well: the first few for the summary, all of them grouped, and all of them written to a
 * file if a person wants that. Every method may be called by any thread.
 */
final class BadRows implements AutoCloseable {
    /** How many are listed one by one. */
    static final int MAX_LISTED = 20;

    /** How many groups are told apart; the rest share one. */
    private static final int MAX_GROUPS = 500;

    private static final Group OTHERS = new Group("other", "reasons of many more shapes");
    private static final int MAX_SHAPE_LENGTH = 120;
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");
    private static final Pattern MORE = Pattern.compile(" \\(and \\d+ more\\)$");
    private static final Pattern POINTER = Pattern.compile("(?<= )/[^ ,:;]+(?=[:, ;]|$)");
    private static final Pattern LONG_HEX_OR_NUMBER = Pattern.compile("\\b[0-9a-f]{8,}(-[0-9a-f]{4,})*\\b|\\d+");

    private final List<BadRow> first = new ArrayList<>();
    private final Map<Group, Long> groups = new TreeMap<>();
    private final @Nullable PrintWriter file;
    private long count;

    /** One of them. */
    record BadRow(Place place, String subject, String code, String detail) {
        ObjectNode toJson() {
            return Json.MAPPER
                    .createObjectNode()
                    .put("file", place.file())
                    .put("line", place.line())
                    .put("subject", subject)
                    .put("code", code)
                    .put("detail", detail);
        }
    }

    /** Rows with the same code whose details differ only in names, places and numbers. */
    record Group(String code, String shape) implements Comparable<Group> {
        private static final Comparator<Group> ORDER =
                Comparator.comparing(Group::code).thenComparing(Group::shape);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    private BadRows(@Nullable PrintWriter file) {
        this.file = file;
    }

    static BadRows inMemory() {
        return new BadRows(null);
    }

    /** Also writes each of them to the file, a JSON object a line. */
    static BadRows writtenTo(Path path) {
        try {
            return new BadRows(new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot write " + path + ": " + e.getMessage());
        }
    }

    /** Keeps the row if its outcome is a bad one. */
    void add(Place place, String subject, RowOutcome outcome) {
        switch (outcome) {
            case Rejected rejected -> add(new BadRow(place, subject, rejected.code(), rejected.detail()));
            case Failed failed -> add(new BadRow(place, subject, failed.code(), failed.detail()));
            case Different different -> add(new BadRow(place, subject, "content-differs", different.detail()));
            case RowOutcome.Kept good -> {}
            case RowOutcome.WouldRegister good -> {}
            case RowOutcome.Deleted good -> {}
            case RowOutcome.AlreadyDeleted good -> {}
            case RowOutcome.Skipped nothing -> {}
        }
    }

    private synchronized void add(BadRow row) {
        count++;
        if (first.size() < MAX_LISTED) {
            first.add(row);
        }
        Group group = new Group(row.code(), shapeOf(row.detail()));
        groups.merge(groups.containsKey(group) || groups.size() < MAX_GROUPS ? group : OTHERS, 1L, Long::sum);
        if (file != null) {
            file.println(row.toJson());
        }
    }

    static String shapeOf(String detail) {
        String shape = QUOTED.matcher(MORE.matcher(detail).replaceAll("")).replaceAll("'…'");
        shape = POINTER.matcher(shape).replaceAll("/…");
        shape = LONG_HEX_OR_NUMBER.matcher(shape).replaceAll("N").replaceAll("\\s+", " ");
        return shape.length() <= MAX_SHAPE_LENGTH ? shape : shape.substring(0, MAX_SHAPE_LENGTH - 1) + "…";
    }

    synchronized long count() {
        return count;
    }

    /** The first of them, in the order of their places. */
    synchronized List<BadRow> first() {
        return first.stream()
                .sorted(Comparator.comparing((BadRow row) -> row.place().file())
                        .thenComparingLong(row -> row.place().line()))
                .toList();
    }

    /** How many there are of each group, the largest first. */
    synchronized List<Map.Entry<Group, Long>> groups() {
        return groups.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Map.Entry.<Group, Long>comparingByValue().reversed())
                .toList();
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
        }
    }
}
