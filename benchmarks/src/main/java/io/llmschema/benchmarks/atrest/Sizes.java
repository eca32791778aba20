package io.llmschema.benchmarks.atrest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How many bytes there are of what. */
final class Sizes {
    static final double MB = 1e6;

    private static final List<String> ENCODINGS =
            List.of("as it is", "zstd", "zstd, dictionary", "zstd, delta", "object of its own", "archive");

    /** Tables without what is beside them, that, and indexes: each byte once. */
    private static final String RELATIONS = """
            WITH tables AS (
                SELECT c.oid, c.relname, c.reltoastrelid FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            ), relations AS (
                SELECT relname AS of, 'rows' AS what,
                       pg_table_size(oid) - coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0) AS bytes
                FROM tables
                UNION ALL
                SELECT relname, 'long values (TOAST)', pg_total_relation_size(reltoastrelid) FROM tables WHERE reltoastrelid <> 0
                UNION ALL
                SELECT t.relname, i.relname, pg_total_relation_size(i.oid)
                FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
            )
            SELECT of, what, bytes FROM relations WHERE bytes > 65536 ORDER BY bytes DESC, of, what
            """;

    private static final String TOTAL = """
            SELECT sum(pg_total_relation_size(oid)) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            """;

    private static final String CHANGES = "SELECT pg_total_relation_size('subject_changes')";

    private static final String BY_DEPTH = """
            SELECT c.encoding, c.depth, count(*) AS versions, sum(c.size) AS bytes, sum(coalesce(length(c.content), 0)) AS stored
            FROM schemas s JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id
            GROUP BY c.encoding, c.depth ORDER BY c.encoding, c.depth
            """;

    private Sizes() {}

    static long inRows(Database database, String name) throws SQLException {
        return database.number(name, "SELECT coalesce(sum(length(content)), 0) FROM contents");
    }

    static long ofFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(Sizes::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ratio(long raw, long stored) {
        return String.format(Locale.ROOT, "%.1f:1", (double) raw / stored);
    }

    static void report(Report report, Database database, String name, long raw, long blobs) throws SQLException {
        // As autovacuum leaves it, only at once.
        database.execute(name, "VACUUM ANALYZE");
        long rows = inRows(database, name);
        long relations = database.number(name, TOTAL);
        report.table("what | MB | registered bytes to these | aim");
        report.line("| registered | %.1f | | |".formatted(raw / MB));
        report.line("| contents in rows | %.2f | %s | 30:1 |".formatted(rows / MB, ratio(raw, rows)));
        if (blobs > 0) {
            report.line("| objects of the blob store | %.2f | | |".formatted(blobs / MB));
            report.line("| contents in rows and objects | %.2f | %s | |"
                    .formatted((rows + blobs) / MB, ratio(raw, rows + blobs)));
        }
        report.line(
                "| all tables and indexes | %.2f | **%s** | 10:1 |".formatted(relations / MB, ratio(raw, relations)));
        long changes = database.number(name, CHANGES);
        report.line("| the same without the changes of the last two hours, which caches need | %.2f | %s | |"
                .formatted((relations - changes) / MB, ratio(raw, relations - changes)));
        report.line("");
        report.table("table | part | MB");
        for (String line : database.query(
                name,
                RELATIONS,
                row -> String.format(
                        Locale.ROOT, "| %s | %s | %.2f |", row.getString(1), row.getString(2), row.getLong(3) / MB))) {
            report.line(line);
        }
        report.line("");
        report.table("encoding | depth | versions | registered MB | stored MB");
        for (String line : database.query(
                name,
                BY_DEPTH,
                row -> String.format(
                        Locale.ROOT,
                        "| %s | %d | %,d | %.2f | %.2f |",
                        ENCODINGS.get(row.getInt(1)),
                        row.getInt(2),
                        row.getLong(3),
                        row.getLong(4) / MB,
                        row.getLong(5) / MB))) {
            report.line(line);
        }
    }
}
