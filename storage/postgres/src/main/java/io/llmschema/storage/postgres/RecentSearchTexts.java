package io.llmschema.storage.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the versions that were registered here last, from which the next ones are likely to differ but little.
 *
 * <p>They need not be right: whoever uses them lets the database compare their hash. Safe for any number of threads.
 */
final class RecentSearchTexts {
    /** A character takes one or two bytes. */
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /** What an entry takes beside its characters. */
    private static final int ENTRY = 600;

    private record Recent(int ordinal, SearchText text) {}

    private final Cache<Subject, Recent> recent = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .<Subject, Recent>weigher((_, one) -> ENTRY + one.text().length())
            .build();

    /** Null if those of that version are not known here. */
    @Nullable
    SearchText of(Subject subject, int ordinal) {
        Recent found = recent.getIfPresent(subject);
        return found == null || found.ordinal() != ordinal ? null : found.text();
    }

    void inserted(Subject subject, int ordinal, SearchText text) {
        recent.put(subject, new Recent(ordinal, text));
    }
}
