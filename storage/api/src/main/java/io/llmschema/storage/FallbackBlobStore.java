package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store with another behind it, such as its replica in another region, from which it reads what the first one cannot give: because it
 * is away, does not have the object, or has it damaged.
 *
 * <p>The second is only read. All that is put, deleted and listed is in the first; an object that was deleted there can be read from
 * the second for as long as that has it. "Not there" is said only where both say so: where one of them cannot be asked, that is told instead.
 */
public final class FallbackBlobStore implements BlobStore {
    private final BlobStore first;
    private final BlobStore second;
    private final LongAdder rescued = new LongAdder();

    /** Over stores that are its own from now on: it closes both. */
    public FallbackBlobStore(BlobStore first, BlobStore second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void put(Fingerprint hash, byte[] bytes) {
        first.put(hash, bytes);
    }

    @Override
    public Optional<byte[]> get(Fingerprint hash) {
        RegistryException trouble = null;
        try {
            Optional<byte[]> found = first.get(hash);
            if (found.isPresent()) {
                return found;
            }
        } catch (StorageUnavailable | ContentDamaged e) {
            trouble = e;
        }
        return fromSecond(trouble, second -> second.get(hash), Optional::isPresent);
    }

    @Override
    public boolean exists(Fingerprint hash) {
        StorageUnavailable trouble = null;
        try {
            if (first.exists(hash)) {
                return true;
            }
        } catch (StorageUnavailable e) {
            trouble = e;
        }
        return fromSecond(trouble, second -> second.exists(hash), found -> found);
    }

    private interface Question<T> {
        T ask(BlobStore store);
    }

    /** What the second answers, if that settles the question; else what stopped the first from answering. */
    private <T> T fromSecond(@Nullable RegistryException trouble, Question<T> question, Predicate<T> isFound) {
        T answer;
        try {
            answer = question.ask(second);
        } catch (StorageUnavailable | ContentDamaged e) {
            if (trouble == null) {
                throw e;
            }
            trouble.addSuppressed(e);
            throw trouble;
        }
        if (isFound.test(answer)) {
            rescued.increment();
        } else if (trouble != null) {
            throw trouble;
        }
        return answer;
    }

    /** How many questions the second has answered that the first could not. */
    public long rescued() {
        return rescued.sum();
    }

    @Override
    public void delete(Fingerprint hash) {
        first.delete(hash);
    }

    @Override
    public BlobPage list(@Nullable Fingerprint after, int limit) {
        return first.list(after, limit);
    }

    @Override
    public Optional<URI> downloadUrl(Fingerprint hash, Duration validFor) {
        return first.downloadUrl(hash, validFor);
    }

    /** Up while the first is: without it, nothing can be put. One after the other, so it may take as long as both. */
    @Override
    public Health check() {
        Health ofFirst = first.check();
        Health ofSecond = second.check();
        return new Health(
                ofFirst.isUp(),
                "%s; fallback %s: %s".formatted(ofFirst.detail(), ofSecond.isUp() ? "up" : "down", ofSecond.detail()));
    }

    @Override
    public void close() {
        try (first) {
            second.close();
        }
    }

    @Override
    public String toString() {
        return first + ", else " + second;
    }
}
