package io.llmschema.storage.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong with Redis: counted, and logged once for each kind and {@link #LOG_PAUSE}. Safe for many threads. */
final class Troubles {
    private static final System.Logger LOG = System.getLogger(Troubles.class.getName());

    private static final Duration LOG_PAUSE = Duration.ofMinutes(1);

    /** Further kinds are logged as one. */
    private static final int MAX_KINDS = 32;

    private static final String FULL = "OOM";

    private final String where;
    private final LongAdder failures = new LongAdder();
    private final Map<String, Long> loggedAt = new ConcurrentHashMap<>();

    /** @param where the address of Redis, without secrets */
    Troubles(String where) {
        this.where = where;
    }

    long failures() {
        return failures.sum();
    }

    void count(Throwable failure) {
        failures.increment();
        Throwable cause = cause(failure);
        String kind = kind(cause);
        if (isDue(loggedAt.size() < MAX_KINDS || loggedAt.containsKey(kind) ? kind : "other")) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Redis at {0}: {1}; answers come from the store where they must",
                    where,
                    cause.getMessage() == null
                            ? kind
                            : cause.getMessage().lines().findFirst().orElse(kind));
        }
    }

    private boolean isDue(String kind) {
        long now = System.nanoTime();
        Long last = loggedAt.get(kind);
        if (last != null && now - last < LOG_PAUSE.toNanos()) {
            return false;
        }
        return last == null ? loggedAt.putIfAbsent(kind, now) == null : loggedAt.replace(kind, last, now);
    }

    /** Whether Redis said that it is full. It may be so for long, and what it has can be read nevertheless. */
    static boolean isFull(Throwable failure) {
        return cause(failure) instanceof RedisCommandExecutionException answer
                && kind(answer).equals(FULL.toLowerCase(Locale.ROOT));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The first word of what Redis answered, such as {@code OOM} or {@code READONLY}, or what failed on our side. */
    private static String kind(Throwable cause) {
        String message = cause.getMessage();
        return cause instanceof RedisCommandExecutionException && message != null
                ? message.split(" ", 2)[0].toLowerCase(Locale.ROOT)
                : cause.getClass().getSimpleName();
    }
}
