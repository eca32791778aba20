package io.llmschema.storage.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaContent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How contents get into rows and back: against which other one a content is stored, and where. */
final class Contents {
    /** The most bytes of contents that are kept because the next version may be stored against them. */
    private static final int MAX_RECENT_BYTES = 16 * 1024 * 1024;

    /** A frame that needs another content must be so much smaller than one that does not, in percent, to be worth its slower reads. */
    private static final int WORTHWHILE_PERCENT = 80;

    private static final int PERCENT = 100;

    private final Cache<GlobalId, SchemaContent> recent = Caffeine.newBuilder()
            .maximumWeight(MAX_RECENT_BYTES)
            .<GlobalId, SchemaContent>weigher((_, content) -> content.size())
            .build();

    /**
     * The form in which a content will be stored.
     *
     * @param predecessor the content of the subject's last version, if there is one
     * @param loader reads it, if it is needed
     */
    PreparedContent prepare(
            NewSchema candidate, @Nullable Predecessor predecessor, Function<GlobalId, SchemaContent> loader) {
        byte[] content = candidate.content().bytes();
        PreparedContent alone = PreparedContent.alone(content, false);
        if (predecessor == null || !predecessor.takes(content.length)) {
            return alone;
        }
        SchemaContent base = recent.get(predecessor.id(), loader);
        byte[] delta = ContentCodec.compressAgainst(base.bytes(), content);
        return isWorthwhile(delta, alone)
                ? new PreparedContent(
                        Encoding.DELTA,
                        delta,
                        predecessor.id(),
                        predecessor.depth() + 1,
                        predecessor.chainBytes() + content.length,
                        false)
                : alone;
    }

    /** The form that depends on nothing else, for when what it was to depend on has gone. */
    PreparedContent prepareAlone(NewSchema candidate) {
        return PreparedContent.alone(candidate.content().bytes(), false);
    }

    private static boolean isWorthwhile(byte[] delta, PreparedContent alone) {
        byte[] other = alone.bytes();
        return other != null && (long) delta.length * PERCENT <= (long) other.length * WORTHWHILE_PERCENT;
    }

    /** Takes note of the content that a subject's next version is likely to be stored against. */
    void inserted(GlobalId id, SchemaContent content) {
        recent.put(id, content);
    }

    /** A content that was read. */
    SchemaContent decode(StoredContent stored, Fingerprint hash) {
        return new SchemaContent(stored.decode(hash));
    }
}
