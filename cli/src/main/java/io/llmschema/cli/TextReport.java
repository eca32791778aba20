package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import io.llmschema.cli.Finding.Place;
import io.llmschema.cli.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people: each file with what came of it, and each finding as compilers tell theirs. */
final class TextReport {
    private static final String INDENT = "    ";

    private TextReport() {}

    static String written(Report report) {
        List<String> lines = new ArrayList<>();
        report.examined().forEach(one -> lines.addAll(lines(one)));
        lines.add(sum(report));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** All there is to say of one file. */
    static List<String> lines(Examined one) {
        List<String> lines = new ArrayList<>();
        lines.add(VisibleText.onOneLine(name(one) + ": " + one.conclusion()));
        one.findings().forEach(finding -> addTo(lines, one, finding));
        return lines;
    }

    private static void addTo(List<String> lines, Examined one, Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        lines.add(VisibleText.onOneLine("  " + name(one) + position(finding.place()) + ": " + severity + ": "
                + finding.message() + " [" + finding.rule() + "]"));
        String path = finding.place().path();
        if (path != null) {
            lines.add(INDENT + VisibleText.onOneLine("at " + shown(path)));
        }
        finding.details().forEach(detail -> VisibleText.of(detail).lines().forEach(line -> lines.add(INDENT + line)));
    }

    private static String name(Examined one) {
        return one.file().equals(Examined.STANDARD_INPUT) ? "standard input" : one.file();
    }

    private static String position(Place place) {
        if (place.line() == 0) {
            return "";
        }
        return place.column() == 0 ? ":" + place.line() : ":" + place.line() + ":" + place.column();
    }

    /** A path as a person reads it: the root has an empty one. */
    static String shown(String path) {
        return path.isEmpty() ? "the root" : path;
    }

    private static String sum(Report report) {
        int all = report.examined().size();
        long failed = report.count(Outcome.FAILED);
        long unexamined = report.count(Outcome.UNEXAMINED);
        long warnings = report.examined().stream()
                .flatMap(one -> one.findings().stream())
                .filter(finding -> finding.severity() == Severity.WARNING)
                .count();
        StringBuilder sum = new StringBuilder(counted(all, "file")).append(": ");
        sum.append(Units.count(report.count(Outcome.PASSED))).append(" passed");
        append(sum, failed, " failed");
        append(sum, unexamined, " not examined");
        return warnings == 0
                ? sum.toString()
                : sum.append(", ").append(counted(warnings, "warning")).toString();
    }

    private static void append(StringBuilder sum, long count, String words) {
        if (count > 0) {
            sum.append(", ").append(Units.count(count)).append(words);
        }
    }

    private static String counted(long count, String noun) {
        return Units.count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
