package io.llmschema.storage.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and how it may be used.
 *
 * @param jdbcUrl as pgjdbc takes it; several hosts may be named
 * @param user absent: as the URL or the driver says
 * @param password absent: as the URL or the driver says
 * @param poolSize the most connections that are open at a time
 * @param connectionWait how long a request waits for a free connection before it is refused
 * @param statementTimeout how long one statement may run
 * @param lockTimeout how long a statement waits for a lock
 */
public record PostgresConfig(
        String jdbcUrl,
        @Nullable String user,
        @Nullable String password,
        int poolSize,
        Duration connectionWait,
        Duration statementTimeout,
        Duration lockTimeout) {
    public static final int DEFAULT_POOL_SIZE = 16;

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The configuration for a URL of either form: {@code jdbc:postgresql://…} or, as libpq writes it,
     * {@code postgresql://user:password@host:5432/database?sslmode=require}.
     *
     * @throws IllegalArgumentException it is of neither
     */
    public static PostgresConfig of(String url, int poolSize) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresConfig(
                    checked(url), null, null, poolSize, CONNECTION_WAIT, STATEMENT_TIMEOUT, LOCK_TIMEOUT);
        }
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new IllegalArgumentException(
                    "a database URL begins with postgresql:// or jdbc:postgresql://, for example"
                            + " postgresql://user:password@host:5432/registry");
        }
        int authority = url.indexOf("//") + 2;
        int path = url.indexOf('/', authority) < 0 ? url.length() : url.indexOf('/', authority);
        int at = url.lastIndexOf('@', path);
        String[] userInfo =
                at < authority ? new String[0] : url.substring(authority, at).split(":", 2);
        String jdbcUrl = "jdbc:postgresql://" + url.substring(Math.max(authority, at + 1));
        return new PostgresConfig(
                checked(jdbcUrl),
                userInfo.length > 0 ? decode(userInfo[0]) : null,
                userInfo.length > 1 ? decode(userInfo[1]) : null,
                poolSize,
                CONNECTION_WAIT,
                STATEMENT_TIMEOUT,
                LOCK_TIMEOUT);
    }

    private static String checked(String jdbcUrl) {
        try {
            DriverManager.getDriver(jdbcUrl);
            return jdbcUrl;
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "the database URL for " + address(jdbcUrl)
                            + " is not well-formed; it is like postgresql://user:password@host:5432/registry",
                    e);
        }
    }

    private static String decode(String text) {
        // A plus is a plus in a URI's user information; URLDecoder would make a space of it.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Host and database, without secrets: {@code localhost:5432/registry}. */
    public String address() {
        return address(jdbcUrl);
    }

    private static String address(String jdbcUrl) {
        return jdbcUrl.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("\\?.*", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresConfig[" + address() + ", pool of " + poolSize + "]";
    }
}
