package io.llmschema.storage.postgres;

import io.llmschema.storage.AccessLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * The housekeeping of the access log: partitions for the days to come, none for those past its retention, and a fresh
 * {@code popular_schemas}. See {@link AccessLog#maintain}.
 *
 * <p>One node at a time: who does it holds an advisory lock of its database session, which ends with the session at the latest. Each
 * step is a transaction of its own, so that locks are held shortly and a failure loses the steps after it only, until next time.
 *
 * @param retention how long counts are kept, in whole days of UTC
 */
record AccessLogMaintenance(Duration retention, InstantSource clock) {
    /** The number of the advisory lock: "access" in ASCII, so that it is no other program's. */
    static final long LOCK = 0x616363657373L;

    /** Partitions are made for today and so many days more. If nobody does, rows go to the default partition and are moved later. */
    static final int DAYS_AHEAD = 3;

    /** How long one step may take; a refresh reads all counts of the window. */
    private static final Duration STEP_LIMIT = Duration.ofMinutes(5);

    /** How long a step waits for a lock. While it does, reads and writes of the log wait behind it. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private static final String TABLE = "schema_access_log";
    private static final String DEFAULT_PARTITION = TABLE + "_default";
    private static final Pattern PARTITION = Pattern.compile(TABLE + "_(\\d{8})");

    /** Does it, over this connection, unless another session is at it. */
    boolean run(Handle handle) {
        if (!ask(handle, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            return false;
        }
        try {
            withPatience(handle, () -> {
                LocalDate today = day(clock.instant());
                LocalDate oldest = day(clock.instant().minus(retention));
                List<LocalDate> there = partitions(handle);
                today.datesUntil(today.plusDays(DAYS_AHEAD + 1L))
                        .filter(day -> !there.contains(day))
                        .forEach(day -> make(handle, day));
                there.stream().filter(day -> day.isBefore(oldest)).forEach(day -> drop(handle, day));
                step(handle, "DELETE FROM %s WHERE bucket < '%s'".formatted(DEFAULT_PARTITION, startOf(oldest)));
                step(handle, "REFRESH MATERIALIZED VIEW CONCURRENTLY popular_schemas");
            });
            return true;
        } finally {
            ask(handle, "SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static boolean ask(Handle handle, String question) {
        return handle.createQuery(question).mapTo(Boolean.class).one();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String partition(LocalDate day) {
        return TABLE + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    /** The days that have a partition. */
    private static List<LocalDate> partitions(Handle handle) {
        return handle
                .createQuery(
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"
                                + TABLE + "'::regclass")
                .mapTo(String.class)
                .stream()
                .flatMap(name -> dayOf(name).stream())
                .toList();
    }

    private static Optional<LocalDate> dayOf(String partition) {
        Matcher name = PARTITION.matcher(partition);
        return name.matches()
                ? Optional.of(LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE))
                : Optional.empty();
    }

    /** Makes a day's partition, and moves into it what went to the default partition before it was there. */
    private static void make(Handle handle, LocalDate day) {
        String name = partition(day);
        Instant from = startOf(day);
        Instant to = startOf(day.plusDays(1));
        step(
                handle,
                // Writers wait at the door: one that has chosen the default partition already would be refused by it
                // afterwards.
                "LOCK TABLE " + TABLE + " IN SHARE ROW EXCLUSIVE MODE",
                "CREATE TABLE %s (LIKE %s)".formatted(name, TABLE),
                """
                WITH moved AS (DELETE FROM %s WHERE bucket >= '%s' AND bucket < '%s' RETURNING *)
                INSERT INTO %s SELECT * FROM moved""".formatted(DEFAULT_PARTITION, from, to, name),
                "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')".formatted(TABLE, name, from, to));
    }

    private static void drop(Handle handle, LocalDate day) {
        step(handle, "DROP TABLE " + partition(day));
    }

    /** Runs statements as one transaction with limits of its own. */
    private static void step(Handle handle, String... statements) {
        handle.useTransaction(transaction -> {
            transaction.execute("SET LOCAL statement_timeout = " + STEP_LIMIT.toMillis());
            transaction.execute("SET LOCAL lock_timeout = " + LOCK_WAIT.toMillis());
            for (String statement : statements) {
                transaction.execute(statement);
            }
        });
    }

    /** Has the driver wait as long for an answer as a step may take; ordinarily it takes a silent server for dead much sooner. */
    private static void withPatience(Handle handle, Runnable work) {
        Connection connection = handle.getConnection();
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    Runnable::run, (int) STEP_LIMIT.multipliedBy(2).toMillis());
            try {
                work.run();
            } finally {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
