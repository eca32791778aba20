package io.llmschema.cli;

import io.llmschema.cli.BadRows.BadRow;
import io.llmschema.cli.ImportRun.Result;
import io.llmschema.cli.Tally.Counts;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The summary of an import, for people and for scripts.
 *
 * @param statistics what the registry says of its size, if it could be asked
 */
record ImportReport(Result result, BadRows badRows, Optional<JsonNode> statistics, boolean isDryRun) {
    private static final int MAX_GROUPS_PRINTED = 20;

    void print(PrintWriter out) {
        printCounts(out);
        statistics.ifPresent(numbers -> out.printf(
                Locale.ROOT,
                "database: %s on disk, for %s of schemas in %,d versions%n",
                Units.bytes(numbers.path("storedBytes").asLong(0)),
                Units.bytes(numbers.path("contentBytes").asLong(0)),
                numbers.path("versions").asLong(0)));
        if (badRows.count() > 0) {
            printBadRows(out);
        }
    }

    private void printCounts(PrintWriter out) {
        Table table = new Table(
                "file",
                ">rows",
                isDryRun ? ">would register" : ">registered",
                ">already there",
                isDryRun ? ">would delete" : ">deleted",
                ">rejected",
                ">verified",
                ">failed",
                ">seconds",
                ">rows/s");
        result.sources().forEach(counts -> add(table, counts));
        if (result.sources().size() != 1) {
            add(table, result.total());
        }
        table.print(out);
        long skipped = result.total().skipped();
        if (skipped > 0) {
            out.println(Units.count(skipped)
                    + (isDryRun && result.exit() != ExitCode.INTERRUPTED
                            ? " rows not checked: they need rows that a dry run does not keep"
                            : " rows read but not sent"));
        }
    }

    private static void add(Table table, Counts counts) {
        table.add(
                counts.name(),
                Units.count(counts.rows()),
                Units.count(counts.registered()),
                Units.count(counts.alreadyThere()),
                Units.count(counts.deleted()),
                Units.count(counts.rejected()),
                Units.count(counts.verified()),
                Units.count(counts.failed()),
                Units.decimal(counts.seconds()),
                Units.decimal(counts.rowsPerSecond()));
    }

    private void printBadRows(PrintWriter out) {
        out.println();
        out.println("rows rejected or failed:");
        badRows.first()
                .forEach(row -> out.println("  " + row.place() + "  " + row.subject() + "  " + row.code() + ": "
                        + row.detail().replace('\n', ' ')));
        if (badRows.count() > BadRows.MAX_LISTED) {
            out.println("  … and " + Units.count(badRows.count() - BadRows.MAX_LISTED)
                    + " more; --rejects FILE writes all of them");
        }
        out.println();
        out.println("by reason:");
        Table groups = new Table(">rows", "code", "reason");
        badRows.groups().stream()
                .limit(MAX_GROUPS_PRINTED)
                .forEach(group -> groups.add(
                        Units.count(group.getValue()),
                        group.getKey().code(),
                        group.getKey().shape()));
        groups.print(out);
        if (badRows.groups().size() > MAX_GROUPS_PRINTED) {
            out.println("… and " + (badRows.groups().size() - MAX_GROUPS_PRINTED) + " more reasons");
        }
    }

    ObjectNode toJson() {
        ObjectNode report = Json.MAPPER.createObjectNode();
        ArrayNode sources = report.putArray("files");
        result.sources().forEach(counts -> sources.add(toJson(counts)));
        report.set("total", toJson(result.total()));
        report.put("isDryRun", isDryRun).put("isInterrupted", result.isInterrupted());
        statistics.ifPresent(numbers -> report.set("statistics", numbers));
        ArrayNode groups = report.putArray("reasons");
        badRows.groups()
                .forEach(group -> groups.addObject()
                        .put("code", group.getKey().code())
                        .put("shape", group.getKey().shape())
                        .put("rows", group.getValue()));
        ArrayNode rows = report.putArray("badRows");
        badRows.first().stream().map(BadRow::toJson).forEach(rows::add);
        return report;
    }

    private static ObjectNode toJson(Counts counts) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", counts.name())
                .put("rows", counts.rows())
                .put("registered", counts.registered())
                .put("alreadyThere", counts.alreadyThere())
                .put("deleted", counts.deleted())
                .put("rejected", counts.rejected())
                .put("verified", counts.verified())
                .put("different", counts.different())
                .put("failed", counts.failed())
                .put("skipped", counts.skipped())
                .put("seconds", counts.seconds())
                .put("rowsPerSecond", counts.rowsPerSecond());
    }
}
