package io.llmschema.cli;

import io.llmschema.cli.TopicFile.BadLine;
import io.llmschema.cli.migrate.Item;
import io.llmschema.cli.migrate.Item.Kind;
import io.llmschema.cli.migrate.MigrationResult;
import io.llmschema.cli.migrate.MigrationResult.Counts;
import io.llmschema.cli.migrate.MigrationResult.Finding;
import io.llmschema.cli.migrate.MigrationResult.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a migration, for people, for scripts, and as a file.
 *
 * @param badLines of the file that it was read from
 */
record MigrationReport(MigrationResult result, List<BadLine> badLines) {
    private static final int MAX_LISTED = 20;

    MigrationReport {
        badLines = List.copyOf(badLines);
    }

    ExitCode exit() {
        if (result.count(Verdict.DIFFERENT) > 0) {
            return ExitCode.DIFFERENT;
        }
        return result.isSame() && badLines.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    void print(PrintWriter out) {
        Table table = new Table(
                "", ">at the source", ">deleted there", ">copied", ">already there", ">refused", ">different");
        for (Kind kind : Kind.values()) {
            Counts counts = counts(kind);
            table.add(
                    kind.plural(),
                    Units.count(counts.atSource()),
                    Units.count(counts.deleted()),
                    Units.count(counts.copied()),
                    Units.count(counts.alreadyThere()),
                    Units.count(counts.refused()),
                    Units.count(counts.different()));
        }
        table.print(out);
        if (result.onlyAtTarget() > 0) {
            out.println(Units.count(result.onlyAtTarget()) + " subjects are at the target only, and were left alone");
        }
        printFindings(out);
        out.println(exit() == ExitCode.OK ? "both sides are the same" : "both sides are not the same");
    }

    private Counts counts(Kind kind) {
        return result.counts().getOrDefault(kind, new Counts(0, 0, 0, 0, 0, 0));
    }

    private void printFindings(PrintWriter out) {
        List<String> lines = Stream.concat(
                        badLines.stream().map(bad -> "line " + bad.number() + "  not understood: " + bad.reason()),
                        result.findings().stream().map(MigrationReport::text))
                .toList();
        if (!lines.isEmpty()) {
            out.println();
            out.println("not the same:");
            lines.stream().limit(MAX_LISTED).forEach(line -> out.println("  " + line.replace('\n', ' ')));
        }
        if (lines.size() > MAX_LISTED) {
            out.println(
                    "  … and " + Units.count(lines.size() - MAX_LISTED) + " more; --report FILE writes all of them");
        }
    }

    private static String text(Finding finding) {
        String code = finding.code() == 0 ? "" : " " + finding.code();
        return finding.item() + "  " + word(finding.verdict()) + code + ": " + finding.reason();
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    ObjectNode toJson() {
        ObjectNode report = Json.MAPPER.createObjectNode();
        for (Kind kind : Kind.values()) {
            Counts counts = counts(kind);
            report.putObject(kind.plural())
                    .put("atSource", counts.atSource())
                    .put("deleted", counts.deleted())
                    .put("copied", counts.copied())
                    .put("alreadyThere", counts.alreadyThere())
                    .put("refused", counts.refused())
                    .put("different", counts.different());
        }
        report.put("passes", result.passes())
                .put("subjectsOnlyAtTarget", result.onlyAtTarget())
                .put("isSame", exit() == ExitCode.OK);
        ArrayNode findings = report.putArray("findings");
        lines().limit(MAX_LISTED).forEach(findings::add);
        return report;
    }

    /** Each thing that is not the same. */
    private Stream<ObjectNode> lines() {
        Stream<ObjectNode> unread = badLines.stream()
                .map(bad -> Json.MAPPER
                        .createObjectNode()
                        .put("line", bad.number())
                        .put("verdict", "not-understood")
                        .put("reason", bad.reason()));
        return Stream.concat(unread, result.findings().stream().map(MigrationReport::json));
    }

    private static ObjectNode json(Finding finding) {
        Item item = finding.item();
        ObjectNode line = Json.MAPPER
                .createObjectNode()
                .put("kind", item.kind().name().toLowerCase(Locale.ROOT))
                .put("subject", item.subject());
        if (item.version() > 0) {
            line.put("version", item.version());
        }
        line.put("verdict", word(finding.verdict()));
        if (finding.code() != 0) {
            line.put("code", finding.code());
        }
        return line.put("reason", finding.reason());
    }

    void writeTo(Path file) {
        try {
            Files.write(file, lines().map(ObjectNode::toString).toList(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot write " + file + ": " + e.getMessage());
        }
    }
}
