package io.llmschema.storage.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * The way to a connection, which tells a database that is busy from one that is away.
 *
 * <p>Requests wait for their turn here, not in the pool; so a pool that has none to give to a request whose turn it is cannot connect.
 * After the first time that happens, everyone is refused at once for a moment, until one request is let through to try again: a write
 * is told within a second that the database is away, and a read is answered from a cache without waiting for it.
 */
final class Connections implements ConnectionFactory {
    /** How long a request whose turn it is waits for the database. */
    static final Duration CONNECT_PATIENCE = Duration.ofMillis(700);

    /** How long everyone is refused before another request is let through to try. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration MAX_TRIAL = Duration.ofSeconds(2);

    private final HikariDataSource pool;
    private final Duration wait;
    private final Semaphore turns;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "postgresql",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(1)
                    .minimumNumberOfCalls(1)
                    .failureRateThreshold(100)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(PAUSE)
                    // A trial that never reports must not be the last one.
                    .maxWaitDurationInHalfOpenState(MAX_TRIAL)
                    .build());

    Connections(HikariDataSource pool, PostgresConfig config) {
        this.pool = pool;
        this.wait = config.connectionWait();
        this.turns = new Semaphore(config.poolSize(), true);
    }

    @Override
    public Connection openConnection() throws SQLException {
        awaitTurn();
        try {
            return breaker.executeCheckedSupplier(pool::getConnection);
        } catch (CallNotPermittedException e) {
            turns.release();
            throw new SQLTransientConnectionException("it was out of reach a moment ago", e);
        } catch (Throwable e) {
            turns.release();
            throw e instanceof SQLException known ? known : new SQLException(e);
        }
    }

    /** To be called when the database has been silent for so long that nobody should wait for it. */
    void distrust() {
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
            breaker.transitionToOpenState();
        }
    }

    private void awaitTurn() throws SQLException {
        try {
            if (!turns.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException(
                        "all connections are in use, and none became free within " + wait.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("the server is stopping", e);
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            turns.release();
        }
    }
}
