package io.llmschema.storage.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The partitions of a table whose rows lie in time: made ahead, and dropped when all in them is past, because dropping is free and
 * deleting rows is not.
 *
 * <p>The table has a default partition, {@code <table>_default}, so that a row has a place even if nobody has made that of its time;
 * it is moved there later. Other partitions are named by their first day, {@code <table>_20260304}; days and months are those of UTC.
 *
 * @param column the time by which it is partitioned
 * @param ahead partitions are made for now and so many spans more
 */
record TimePartitions(String table, String column, Span span, int ahead) {
    /** How much time a partition holds. */
    enum Span {
        DAY,
        MONTH;

        /** The first day of the span that a moment lies in. */
        private LocalDate firstDay(Instant time) {
            LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
            return switch (this) {
                case DAY -> day;
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        private LocalDate after(LocalDate first) {
            return switch (this) {
                case DAY -> first.plusDays(1);
                case MONTH -> first.plusMonths(1);
            };
        }
    }

    /** Makes those that are to be there, and drops those all of which is older than rows are kept. */
    void keep(Upkeep upkeep, Instant now, Duration retention) {
        List<LocalDate> there = firstDays(upkeep);
        Stream.iterate(span.firstDay(now), span::after)
                .limit(ahead + 1L)
                .filter(first -> !there.contains(first))
                .forEach(first -> make(upkeep, first));
        LocalDate oldest = span.firstDay(now.minus(retention));
        there.stream()
                .filter(first -> first.isBefore(oldest))
                .forEach(first -> upkeep.step("DROP TABLE " + partition(first)));
        upkeep.step("DELETE FROM %s WHERE %s < '%s'".formatted(defaultPartition(), column, startOf(oldest)));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private String defaultPartition() {
        return table + "_default";
    }

    private String partition(LocalDate first) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(first);
    }

    /** The first days of those that are there. */
    private List<LocalDate> firstDays(Upkeep upkeep) {
        return upkeep
                .handle()
                .createQuery(
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"
                                + table + "'::regclass")
                .mapTo(String.class)
                .stream()
                .flatMap(name -> firstDay(name).stream())
                .toList();
    }

    private Optional<LocalDate> firstDay(String partition) {
        Matcher name = Pattern.compile(table + "_(\\d{8})").matcher(partition);
        return name.matches()
                ? Optional.of(LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE))
                : Optional.empty();
    }

    /** Makes a partition, and moves into it what went to the default partition before it was there. */
    private void make(Upkeep upkeep, LocalDate first) {
        String name = partition(first);
        Instant from = startOf(first);
        Instant to = startOf(span.after(first));
        upkeep.step(
                // Writers wait at the door: one that has chosen the default partition already would be refused by it
                // afterwards.
                "LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE",
                "CREATE TABLE %s (LIKE %s)".formatted(name, table),
                """
                WITH moved AS (DELETE FROM %1$s WHERE %2$s >= '%3$s' AND %2$s < '%4$s' RETURNING *)
                INSERT INTO %5$s SELECT * FROM moved""".formatted(defaultPartition(), column, from, to, name),
                "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')".formatted(table, name, from, to));
    }
}
