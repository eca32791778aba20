package io.llmschema.storage.tiered;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A log of what goes wrong over and over: of each kind of trouble one line a minute. Safe for any number of threads. */
final class Troubles {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Logger logger;
    private final Map<String, Long> lastNanos = new ConcurrentHashMap<>();

    Troubles(Logger logger) {
        this.logger = logger;
    }

    /** @param kind one of a few words of the program */
    void tell(String kind, Level level, String message) {
        long now = System.nanoTime();
        Long told = lastNanos.compute(
                kind, (_, last) -> last != null && now - last < SILENCE.toNanos() ? last : Long.valueOf(now));
        if (told == now) {
            logger.log(level, message);
        }
    }
}
